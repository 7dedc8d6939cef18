"""Read what the course is made of: front matter, questions, notebooks, datasheets."""
