"""Reminders of sessions to come, as calendars take them."""
