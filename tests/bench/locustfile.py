"""What askers of the API ask for, for locust; `tests.bench.load` runs it."""

from locust import HttpUser, constant, task

QUERIES = ("", "?direction=russia-iran", "?category=uav&as_of=2024-09-15", "?grade=C3&limit=50")


class Asker(HttpUser):
    """A program that asks for one table after the other."""

    wait_time = constant(0)

    @task(3)
    def ask_for_transfers(self) -> None:
        for query in QUERIES:
            self.client.get(f"/api/v1/transfers{query}", name="transfers")

    @task(2)
    def ask_for_statements(self) -> None:
        self.client.get("/api/v1/statements?limit=100", name="statements")

    @task(2)
    def search(self) -> None:
        self.client.get("/api/v1/search?q=su-35", name="search")

    @task(1)
    def ask_for_health(self) -> None:
        self.client.get("/healthz", name="healthz")
