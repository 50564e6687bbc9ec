package dev.poolwright.scan.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fact.Workers;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WorkerCommandTest {

    private static final Origin HERE = new Origin("start.sh", 1, 1);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gunicorn -w 4 app:app                                        | gunicorn | 4 | 1 | false",
                "exec gunicorn --workers=4 --threads 8 app:app                | gunicorn | 4 | 8 | false",
                "poetry run gunicorn app -w4 -k uvicorn.workers.UvicornWorker | gunicorn | 4 | 9223372036854775807 | true",
                "gunicorn -k gevent app                                       | gunicorn | 1 | 1000 | false",
                "python -m uvicorn app:app --workers 3                        | uvicorn  | 3 | 9223372036854775807 | true",
                "uv run uvicorn app:app --limit-concurrency 50                | uvicorn  | 1 | 50 | true",
                "A=1 hypercorn -w 2 app                                       | hypercorn | 2 | 9223372036854775807 | true",
                "alembic upgrade head && gunicorn -w ${W:-6} app              | gunicorn | 6 | 1 | false",
                "celery -A shop worker -c 8                                   | celery | 8 | 1 | false",
                "celery -A shop worker -P gevent --concurrency=100            | celery | 1 | 100 | false",
                "waitress-serve --threads=12 app:app                          | waitress | 1 | 12 | false",
                "uwsgi --processes 5 --threads 2                              | uwsgi | 5 | 2 | false",
                "pm2-runtime start app.js -i 4                                | pm2 | 4 | 9223372036854775807 | false",
            })
    void commandTellsProcessesAndCallers(String text, String server, int processes, long callers, boolean asgi) {
        Workers workers = of(text, Map.of()).orElseThrow();

        assertThat(workers.server()).isEqualTo(server);
        assertThat(workers.processes().single()).contains(processes);
        assertThat(workers.threads().single().orElseThrow().count()).isEqualTo(callers);
        assertThat(workers.asgi()).isEqualTo(asgi);
    }

    @Test
    void numberOfProcessorsIsNotGuessed() {
        Value<Integer> processes =
                of("gunicorn -w $(nproc) app", Map.of()).orElseThrow().processes();

        assertThat(processes).isInstanceOf(Value.Unknown.class);
    }

    @Test
    void environmentSetsWhatTheCommandLeavesOut() {
        Map<String, Value<String>> set = Map.of("WEB_CONCURRENCY", Value.known("7", HERE));

        assertThat(of("gunicorn app", set).orElseThrow().processes().single()).contains(7);
        assertThat(of("gunicorn -w 2 app", set).orElseThrow().processes().single())
                .contains(2);
    }

    @Test
    void commandOfADeveloperIsLeftOut() {
        assertThat(of("uvicorn app:app --reload", Map.of())).isEmpty();
        assertThat(of("celery -A shop beat", Map.of())).isEmpty();
        assertThat(of("pip install gunicorn", Map.of())).isEmpty();
    }

    @Test
    void scriptTakesWhatManifestsSet(@TempDir Path root) {
        Tree tree = new Tree(root)
                .with("api/start.sh", "#!/bin/sh\nWORKERS=\"${WORKERS:-4}\"\ngunicorn -w $WORKERS app\n")
                .with("k8s/api.yaml", """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: api}
                        spec: {template: {spec: {containers: [{name: api, image: shop/api, env: [{name: WORKERS, value: "9"}]}]}}}
                        """);

        assertThat(tree.of(Workers.class)).singleElement().satisfies(one -> {
            assertThat(one.processes().single()).contains(9);
            assertThat(one.service()).isEqualTo("api");
            assertThat(one.origin().toString()).startsWith("api/start.sh:3");
        });
    }

    @Test
    void configurationFilesOfServersAreRead(@TempDir Path root) {
        Tree tree = new Tree(root)
                .with("api/gunicorn.conf.py", """
                        import multiprocessing, os
                        workers = multiprocessing.cpu_count() * 2 + 1
                        threads = int(os.getenv("THREADS", "4"))
                        preload_app = True
                        """)
                .with("web/uwsgi.ini", "[uwsgi]\nprocesses = 6\nthreads = 2\n")
                .with("node/ecosystem.config.js", "module.exports = {apps: [{exec_mode: 'cluster', instances: 3}]}\n")
                .with("site/apache.conf", "WSGIDaemonProcess site processes=2 threads=25\n")
                .with("jobs/Procfile", "worker: celery -A jobs worker -c 5\n");

        assertThat(tree.of(Workers.class))
                .extracting(one -> one.service() + " " + one.server() + " "
                        + one.processes().single().orElse(-1) + " " + one.preload())
                .containsExactlyInAnyOrder(
                        "api gunicorn -1 true",
                        "web uwsgi 6 true",
                        "node pm2 3 false",
                        "site mod_wsgi 2 false",
                        "jobs celery 5 false");
    }

    private static Optional<Workers> of(String text, Map<String, Value<String>> variables) {
        List<StartCommand> commands = StartCommand.ofShell(text, variables, HERE);
        return WorkerCommand.of("api", commands, Place.MAIN, name -> Optional.empty());
    }
}
