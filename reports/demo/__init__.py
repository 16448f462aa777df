"""Demo data: invented people and matters in real communes, for `manage.py seed_demo`."""
