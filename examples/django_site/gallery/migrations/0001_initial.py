"""
The tables of photos and documents.
"""

from __future__ import annotations

from django.db import migrations, models

import examples.django_site.gallery.models


class Migration(migrations.Migration):
    """
    Create both tables.
    """

    initial = True

    dependencies = ()

    operations = (
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=80)),
                ("file", models.FileField(storage=examples.django_site.gallery.models.documents, upload_to="%Y")),
            ],
        ),
        migrations.CreateModel(
            name="Photo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=80)),
                ("image", models.ImageField(height_field="height", upload_to="photos", width_field="width")),
                ("width", models.PositiveIntegerField(editable=False)),
                ("height", models.PositiveIntegerField(editable=False)),
            ],
        ),
    )
