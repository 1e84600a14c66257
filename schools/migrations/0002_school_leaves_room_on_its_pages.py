"""Each new register file confirms the date of some 50,000 schools. On half-full pages PostgreSQL writes the new version of
a row beside the old one and leaves every index alone: 0.2 seconds instead of 1 to 3, for 15 MB of disk."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("schools", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE schools_school SET (fillfactor = 50)",
            "ALTER TABLE schools_school RESET (fillfactor)",
        )
    ]
