"""Schedules that another program keeps (Sổ tay đảng viên điện tử): a list or an .ics file beside our calendar (M16)."""
