"""What a hub has from before the portal: contacts, support given and dates of plans, brought in from a spreadsheet."""
