from django.urls import path

from hubportal.kit.gallery import views

app_name = "kit"
urlpatterns = [path("", views.Gallery.as_view(), name="gallery")]
