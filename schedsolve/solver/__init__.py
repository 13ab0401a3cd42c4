"""From a resolved week to a schedule with a bound: draft, search, decode."""
