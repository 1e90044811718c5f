"""The name of the projects' floor for people."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """주요업무와 사업."""

    name = "projects"
    verbose_name = "주요업무·사업 기준정보"
