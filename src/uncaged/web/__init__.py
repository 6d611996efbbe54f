"""The studio's pages, and the same records for programs: it accepts and reads, and never performs."""
