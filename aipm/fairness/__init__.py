"""Compare groups of people, and see who pays for a fix."""
