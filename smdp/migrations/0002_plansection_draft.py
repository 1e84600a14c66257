import django.db.models.deletion
from django.db import migrations, models


def find_drafts(apps, schema_editor):
    """Each section keeps the draft that named it as its target."""
    Draft = apps.get_model("kit", "Draft")
    of_target = dict(Draft.objects.filter(kind="plan-section").order_by("created_at").values_list("target", "pk"))
    sections = list(apps.get_model("smdp", "PlanSection").objects.all())
    for section in sections:
        section.draft_id = of_target[section.uuid]
    apps.get_model("smdp", "PlanSection").objects.bulk_update(sections, ["draft"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("kit", "0001_initial"), ("smdp", "0001_initial")]

    operations = [
        migrations.AddField(
            "plansection",
            "draft",
            models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kit.draft"),
        ),
        migrations.RunPython(find_drafts, migrations.RunPython.noop),
        migrations.AlterField(
            "plansection",
            "draft",
            models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kit.draft"),
        ),
    ]
