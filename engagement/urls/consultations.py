"""Consultations: what a hub asks many schools, the link by which they answer, and what came of it."""

from django.urls import path

from engagement.views import consultation_answers as answers
from engagement.views import consultation_links, consultation_public
from engagement.views import consultations as views

urlpatterns = [
    path("consultations/", views.ConsultationList.as_view(), name="consultation-list"),
    path("consultations/new/", views.ConsultationCreate.as_view(), name="consultation-create"),
    path("consultations/<uuid:uuid>/", views.ConsultationDetail.as_view(), name="consultation-detail"),
    path("consultations/<uuid:uuid>/edit/", views.ConsultationEdit.as_view(), name="consultation-edit"),
    path("consultations/<uuid:uuid>/test/", views.ConsultationTest.as_view(), name="consultation-test"),
    path("consultations/<uuid:uuid>/send/", views.ConsultationSend.as_view(), name="consultation-send"),
    path("consultations/<uuid:uuid>/remind/", views.ConsultationRemind.as_view(), name="consultation-remind"),
    path(
        "consultations/<uuid:uuid>/closing-day/",
        views.ConsultationClosingDay.as_view(),
        name="consultation-closing-day",
    ),
    path("consultations/<uuid:uuid>/close/", views.ConsultationClose.as_view(), name="consultation-close"),
    path("consultations/<uuid:uuid>/discard/", views.ConsultationDiscard.as_view(), name="consultation-discard"),
    path("consultations/<uuid:uuid>/schools/", answers.ConsultationSchools.as_view(), name="consultation-schools"),
    path(
        "consultations/<uuid:uuid>/schools/export.<str:format>/",
        answers.ConsultationExport.as_view(),
        name="consultation-export",
    ),
    path("consultations/<uuid:uuid>/you-said/", answers.OutcomeEdit.as_view(), name="consultation-outcome-edit"),
    path(
        "consultations/<uuid:uuid>/take-down/",
        answers.OutcomeTakeDown.as_view(),
        name="consultation-outcome-take-down",
    ),
    path("consultations/answers/<uuid:uuid>/", answers.ConsultationAnswerDetail.as_view(), name="consultation-answer"),
    path(
        "consultations/answers/<uuid:uuid>/answer/",
        answers.ConsultationAnswerEdit.as_view(),
        name="consultation-answer-edit",
    ),
    path(
        "consultations/answers/<uuid:uuid>/draft/",
        answers.ConsultationAnswerDraft.as_view(),
        name="consultation-answer-draft",
    ),
    path("answer/<str:token>/", consultation_links.ConsultationLinkOpen.as_view(), name="consultation-link-open"),
    path(
        "answer/<str:token>/draft/",
        consultation_links.ConsultationLinkDraft.as_view(),
        name="consultation-link-draft",
    ),
    path("hubs/<slug:slug>/you-said/", consultation_public.OutcomeList.as_view(), name="consultation-outcome-list"),
    path(
        "hubs/<slug:slug>/you-said/<uuid:uuid>/",
        consultation_public.ConsultationOutcome.as_view(),
        name="consultation-outcome",
    ),
]
