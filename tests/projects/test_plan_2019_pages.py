"""The whole plan of 2019 as citizens read it."""


def test_every_task_of_2019_is_read_in_few_queries(
    client, plan_2019, django_assert_max_num_queries
):
    assert "주요업무별 추진 단계" in client.get("/plan/2019/").text
    for number in range(1, 12):
        with django_assert_max_num_queries(6):
            answer = client.get(f"/plan/2019/{number}/")
        assert answer.status_code == 200
        assert "{" not in answer.text.split("<main")[1].split("</main>")[0]
