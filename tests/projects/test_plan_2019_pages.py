"""The whole plan of 2019 as citizens read it."""

from projects.models import PublishedProject


def test_every_task_of_2019_is_read_in_few_queries(
    client, plan_2019, django_assert_max_num_queries
):
    assert "주요업무별 추진 단계" in client.get("/plan/2019/").text
    for number in range(1, 12):
        with django_assert_max_num_queries(6):
            answer = client.get(f"/plan/2019/{number}/")
        assert answer.status_code == 200
        assert "{" not in answer.text.split("<main")[1].split("</main>")[0]


def test_every_project_of_2019_is_read_in_few_queries(
    client, plan_2019, django_assert_max_num_queries
):
    for row in PublishedProject.objects.all():
        with django_assert_max_num_queries(7):
            text = client.get(f"/projects/{row.project_id}/").text
        assert row.title in text and "추진 단계" in text


def test_the_budget_of_2019_counts_each_programme_once(client, plan_2019):
    text = client.get("/plan/2019/").text
    assert "재원을 아는 사업 4건의 예산은 880백만원입니다" in text
    assert "제1단계 3기 균형발전사업</a>(총사업비 29,376백만원)" in text


def test_the_places_of_2019_are_those_that_are_written(client, plan_2019):
    text = client.get("/projects/map/").text
    assert all(town in text for town in ("연산면", "벌곡면", "가야곡면"))
    assert "강경읍" not in text and "위치가 알려지지 않은 사업은 16건입니다" in text


def test_the_list_of_2019_narrows_sorts_and_is_a_file(client, plan_2019):
    # Seventeen of the plan and the example complex.
    assert '<b class="num">18</b>건' in client.get("/projects/").text
    assert '<b class="num">9</b>건' in client.get("/projects/?task=3").text
    assert '<b class="num">2</b>건' in client.get("/projects/?kind=youth").text
    assert '<b class="num">1</b>건' in client.get("/projects/", {"q": "청년 정책"}).text
    text = client.get("/projects/?sort=-total_cost").text
    assert text.index("제1단계 3기") < text.index("호반의 도시") < text.index("제2단계 1기")
    assert "묶는 사업" in client.get("/projects/?format=csv").content.decode("utf-8-sig")
    assert client.get("/projects/?format=xlsx").content.startswith(b"PK")
