"""The course itself: its folder, its answers, and what its labs recorded."""
