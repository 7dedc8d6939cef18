"""Write what is derived: data, notebooks, exercises, documents, records of replies, locks."""
