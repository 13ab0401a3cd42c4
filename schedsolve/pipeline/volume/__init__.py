"""The first stage: how many sends a week should carry, from what is known of the creator, module after module."""
