"""A school that stands in the last register applied has its date, without a column that says so. So a file that changes
nothing writes no school, and schools need no room on their pages for fifty thousand new dates at once."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("schools", "0013_register_imports")]

    operations = [
        migrations.AlterField(
            model_name="school",
            name="as_at",
            field=models.DateField(
                blank=True,
                help_text="Empty while the school stands in the last register applied, whose date it then is: see "
                "`with_facts_date()`. Fifty thousand rows need not be written to say that nothing has changed.",
                null=True,
                verbose_name="facts as at",
            ),
        ),
        migrations.AlterField(
            model_name="school",
            name="register_file",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                help_text="The file that the present values were read from. One that repeats them is not named.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="schools",
                to="schools.registerfile",
            ),
        ),
        migrations.RunSQL(
            "ALTER TABLE schools_school RESET (fillfactor)", "ALTER TABLE schools_school SET (fillfactor = 50)"
        ),
        migrations.AlterField(
            model_name="registerchange",
            name="school",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="register_changes",
                to="schools.school",
            ),
        ),
    ]
