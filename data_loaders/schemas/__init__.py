"""What each table may hold, embedded or downloaded: declared once, enforced at load and by `check`."""
