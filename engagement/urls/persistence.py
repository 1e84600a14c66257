"""Schools that do not answer: left in peace until a day, and the step that a manager approves."""

from django.urls import path

from engagement.models import Hold
from engagement.views import persistence as views

urlpatterns = [
    path("schools/<int:urn>/pause/", views.HoldCreate.as_view(kind=Hold.Kind.PAUSED), name="pause-create"),
    path("schools/<int:urn>/declined/", views.HoldCreate.as_view(kind=Hold.Kind.DECLINED), name="decline-create"),
    path("holds/<uuid:pk>/end/", views.HoldEnd.as_view(), name="hold-end"),
    path("schools/<int:urn>/approval/", views.ApprovalAsk.as_view(), name="approval-ask"),
    path("approvals/<uuid:pk>/", views.ApprovalDecide.as_view(), name="approval-decide"),
]
