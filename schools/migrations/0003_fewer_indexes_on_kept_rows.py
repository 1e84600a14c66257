"""Each register file brings some 50,000 rows, and every index costs an entry for each. A row's key becomes its file and
line in one number, which also keeps two rows from standing on one line, and a range index finds a file's rows."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("schools", "0002_school_leaves_room_on_its_pages")]

    operations = [
        migrations.RemoveConstraint(model_name="registerrow", name="registerrow_one_a_line"),
        migrations.RemoveIndex(model_name="registerrow", name="schools_reg_urn_311fb1_idx"),
        migrations.AlterField(
            model_name="registerrow",
            name="id",
            field=models.BigIntegerField(
                help_text="The file's `first_row_id` and the line.", primary_key=True, serialize=False
            ),
        ),
        migrations.RunSQL(
            "UPDATE schools_registerrow SET id = file_id * 1000000000 + line",
            migrations.RunSQL.noop,
        ),
        migrations.AddIndex(
            model_name="registerrow",
            index=django.contrib.postgres.indexes.BrinIndex(
                autosummarize=True, fields=["file"], name="registerrow_file"
            ),
        ),
        migrations.AlterField(
            model_name="school",
            name="authority",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="schools",
                to="schools.localauthority",
            ),
        ),
    ]
