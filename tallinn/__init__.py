"""The Tallinn Mechanism transparency dashboard: from donors' spreadsheets to published figures."""
