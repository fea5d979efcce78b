"""A listed weakness of what a server installs fails the audit; a database that is not there does not."""

import json
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from deploy import audit
from deploy.sbom import packages


def answering(server: HTTPServer, weak: dict[str, list[str]]) -> str:
    """A database that lists these identifiers of packages, asked as that of OSV is."""

    def answer(request: Request) -> Response:
        queries: list[Any] = request.get_json()["queries"]
        assert {query["package"]["ecosystem"] for query in queries} == {"PyPI"}
        assert {query["package"]["name"]: query["version"] for query in queries} == packages()
        names = [query["package"]["name"] for query in queries]
        # of a package without advisories there is nothing in an answer
        results = [{"vulns": [{"id": each} for each in weak[name]]} if name in weak else {} for name in names]
        return Response(json.dumps({"results": results}), mimetype="application/json")

    server.expect_request("/v1/querybatch", method="POST").respond_with_handler(answer)
    return server.url_for("/v1/querybatch")


def test_a_listed_weakness_fails_the_audit_and_is_named(
    httpserver: HTTPServer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    database = answering(httpserver, {"jinja2": ["GHSA-1", "PYSEC-2"]})
    assert audit.main(database) == 1
    version = packages()["jinja2"]
    assert f"jinja2 {version}: GHSA-1\njinja2 {version}: PYSEC-2\n" in capsys.readouterr().out
    monkeypatch.setattr(audit, "ACCEPTED", {"GHSA-1": "not used here", "PYSEC-2": "not used here"})
    assert audit.main(database) == 0
    assert f"{len(packages())} packages audited, 0 advisories." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("body", "status"), [("{}", 200), ("not JSON", 200), ("", 503), ('{"results": []}', 200)]
)
def test_an_answer_that_is_none_is_no_audit_and_says_so(
    httpserver: HTTPServer, capsys: pytest.CaptureFixture[str], body: str, status: int
) -> None:
    httpserver.expect_request("/").respond_with_data(body, status=status)
    assert audit.main(httpserver.url_for("/")) == 0
    assert "Not audited" in capsys.readouterr().out


def test_nobody_there_is_no_audit_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.main("http://127.0.0.1:9/") == 0
    assert (
        "Not audited: the database of advisories did not answer (ConnectionError)." in capsys.readouterr().out
    )
