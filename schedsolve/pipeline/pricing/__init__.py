"""What each rule and cap costs."""
