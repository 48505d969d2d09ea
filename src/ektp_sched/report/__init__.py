"""What people read: tables, letters, calendars, maps and the page."""
