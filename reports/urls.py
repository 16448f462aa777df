from django.urls import URLPattern, URLResolver, path

from reports.views import recommendations

app_name = "reports"
urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "reports/recommendations/", recommendations.recommendation_list, name="recommendation_list"
    ),
    path(
        "reports/recommendations/<int:pk>/",
        recommendations.recommendation_detail,
        name="recommendation_detail",
    ),
    path(
        "reports/recommendations/<int:pk>/forward/",
        recommendations.recommendation_forward,
        name="recommendation_forward",
    ),
    path(
        "reports/recommendations/<int:pk>/set-aside/",
        recommendations.recommendation_set_aside,
        name="recommendation_set_aside",
    ),
    path(
        "reports/recommendations/<int:pk>/answer/",
        recommendations.recommendation_answer,
        name="recommendation_answer",
    ),
    path(
        "reports/recommendations/<int:pk>/read-out/",
        recommendations.recommendation_read_out,
        name="recommendation_read_out",
    ),
    path(
        "reports/recommendations/answers/<int:pk>/file/",
        recommendations.answer_file,
        name="answer_file",
    ),
]
