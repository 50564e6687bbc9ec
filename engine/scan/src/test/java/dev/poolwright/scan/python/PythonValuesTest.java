package dev.poolwright.scan.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fact.Deployment;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Service.Instances;
import dev.poolwright.model.fleet.Service.Rollout;
import dev.poolwright.model.fleet.Service.Surge;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.project.Project;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonValuesTest {

    @TempDir
    Path folder;

    /** Each text ends in {@code # = value}: what the argument of {@code use(…)} is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "use(5 * 60 + 1) # = 301",
                "use(-1) # = -1",
                "use(2.5) # = 2.5",
                "use('a' + \"b\" f'{1 + 1}c') # = ab2c",
                "N = 7\nuse(N) # = 7",
                "N = M = 7\nuse(M) # = 7",
                "N, M = 7, 8\nuse(M) # = 8",
                "N = 7\nN += 1\nuse(N) # = 8",
                "N = 7\nN = 9\nuse(N) # = 9",
                "N: int = 7\nuse(N) # = 7",
                "if DEBUG:\n    N = 1\nelse:\n    N = 2\nuse(N) # = DEBUG? 1 | not DEBUG? 2",
                "N = 1\nif a > b:\n    N = 2\nuse(N) # = a > b? 2 | not (a > b)? 1",
                "if False:\n    N = 1\nelse:\n    N = 2\nuse(N) # = 2",
                "MODE = 'x'\nif MODE == 'x':\n    N = 1\nelse:\n    N = 2\nuse(N) # = 1",
                "try:\n    N = 1\nexcept KeyError:\n    N = 2\nuse(N) # = ? 1 | on KeyError? 2",
                "def f(a):\n    if a:\n        return 1\n    n = 2\n    use(n) # = 2",
                "def f(a):\n    n = 1\n    if a:\n        n = 2\n        return n\n    use(n) # = 1",
                "use(1 if x else 2) # = x? 1 | not x? 2",
                "use(None or 5) # = 5",
                "use(0 or 5) # = 5",
                "use(3 and 5) # = 5",
                "d = {'a': 5}\nuse(d['a']) # = 5",
                "d = dict(a=5, b=6)\nuse(d['b']) # = 6",
                "d = {'a': 5}\nd['a'] = 6\nuse(d['a']) # = 6",
                "d = {'a': 5}\nd.update({'a': 6})\nuse(d['a']) # = 6",
                "d = {'a': 5}\nd.update(a=7)\nuse(d.get('a')) # = 7",
                "d = {}\nuse(d.get('a', 9)) # = 9",
                "e = {'a': 1}\nd = {**e, 'b': 2}\nuse(d['a']) # = 1",
                "d = {'a': 1} | {'a': 2}\nuse(d['a']) # = 2",
                "d = {'a': {'b': 3}}\nuse(d['a']['b']) # = 3",
                "d = {'x': 1, 'y': 2}\ndef f(k):\n    use(d[k]) # = k is x? 1 | k is y? 2",
                "def f(n=5):\n    use(n) # = 5",
                "def f(n):\n    use(n) # = 8\nf(8)",
                "def f(n=5):\n    use(n) # = called in a.py:3? 8 | called in a.py:4? 5\nf(n=8)\nf()",
                "def f():\n    return 5\nuse(f()) # = 5",
                "def f(a, b=2):\n    return {'s': a * b}\nuse(f(4)['s']) # = 8",
                "def f(env):\n    if env == 'p':\n        return 1\n    elif env == 'q':\n        return 2\n    return 3\nuse(f('q')) # = 2",
                "def f(**kw):\n    return kw['a']\nuse(f(a=4)) # = 4",
                "class C:\n    N = 5\nuse(C.N) # = 5",
                "class B:\n    N = 5\nclass C(B):\n    M = 6\nuse(C.N) # = 5",
                "class C:\n    def __init__(self, n=4):\n        self.n = n\n    def f(self):\n        use(self.n) # = 4",
                "class C:\n    def __init__(self, n=4):\n        self.n = n\nc = C(9)\nuse(c.n) # = 9",
                "class C:\n    @property\n    def n(self):\n        return 5\nuse(C().n) # = 5",
                "from dataclasses import dataclass, field\n@dataclass\nclass C:\n    n: int = field(default=5)\nuse(C().n) # = 5",
                "from dataclasses import dataclass\n@dataclass\nclass C:\n    n: int = 5\nuse(C(n=6).n) # = 6",
                "import os\nuse(int(os.getenv('N', '5'))) # = 5",
                "import os\nuse(int(os.environ.get('N', 5))) # = 5",
                "import os\nuse(int(os.getenv('N') or 5)) # = 5",
                "from os import environ as e\nuse(float(e.get('N', '5'))) # = 5.0",
                "import os\nuse(os.environ['N']) # = unknown",
                "import os\nuse(os.getenv('N', 'no').lower() == 'yes') # = unknown",
                "from decouple import config\nuse(config('N', default=5, cast=int)) # = 5",
                "from environs import Env\nenv = Env()\nuse(env.int('N', 5)) # = 5",
                "import environ\nenv = environ.Env(N=(int, 5))\nuse(env('N')) # = 5",
                "import environ\nenv = environ.Env()\nuse(env.int('N', default=6)) # = 6",
                "from starlette.config import Config\nconfig = Config('.env')\nuse(config('N', cast=int, default='5')) # = 5",
                "use(max(3, 10)) # = 10",
                "class S:\n    n = 5\nuse(getattr(S(), 'n', 7)) # = 5",
                "class S:\n    pass\nuse(getattr(S(), 'n', 7)) # = 7",
                "from functools import partial\ndef f(a, b): return b\ng = partial(f, b=3)\nuse(g(1)) # = 3",
                "use('x/{0}/{1}'.format(1, 'b')) # = x/1/b",
                "engine = None\ndef g():\n    global N\n    N = 4\ndef h():\n    use(N) # = 4",
                "use([n for n in x]) # = unknown",
                "use(((lambda: 5))) # = unknown",
                "match x:\n    case 1: N = 2\n    case _: N = 3\nuse(N) # = x is 1? 2 | x is _? 3",
                "with open(x) as N: pass\nuse(N) # = unknown",
                "N = N\nuse(N) # = unknown",
                "def f(n): return f(n)\nuse(f(5)) # = unknown",
            })
    void expressionsAreResolved(String text) throws IOException {
        Project project = PythonTree.of(folder, "--- a.py\n" + text + "\n");
        String wanted =
                text.substring(text.indexOf("# = ") + 4).lines().findFirst().orElseThrow();
        assertThat(used(project, "a.py")).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "settings.POOL_SIZE # = 5",
                "settings.pool_overflow # = 7",
                "settings.aliased # = 8",
                "settings.db.timeout # = 9",
                "settings.made # = 11",
                "get_settings().POOL_SIZE # = 5",
                "config.LIMITS['a'] # = 3",
                "Settings().url # = postgresql+asyncpg://localhost/x",
                "settings.required # = unknown",
            })
    void settingsObjectsOfOtherModulesAreResolved(String text) throws IOException {
        Project project = PythonTree.of(folder, """
                --- app/__init__.py
                --- app/config.py
                import os
                from functools import lru_cache
                from pydantic import Field, BaseModel
                from pydantic_settings import BaseSettings, SettingsConfigDict
                LIMITS = {"a": 3}
                class Db(BaseModel):
                    timeout: int = 9
                class Base(BaseSettings):
                    model_config = SettingsConfigDict(env_prefix="APP_")
                    POOL_SIZE: int = 5
                class Settings(Base):
                    pool_overflow: int = Field(7, ge=0)
                    aliased: int = Field(default=8, validation_alias="OTHER")
                    db: Db = Db()
                    made: int = Field(default_factory=lambda: 11)
                    url: str = "postgresql+asyncpg://localhost/x"
                    required: int
                @lru_cache
                def get_settings() -> Settings:
                    return Settings()
                settings = get_settings()
                --- app/use.py
                from app import config
                from app.config import settings, get_settings, Settings
                """ + "use(" + text.replace(" # =", ") # =") + "\n");
        assertThat(used(project, "app/use.py")).isEqualTo(text.substring(text.indexOf("# = ") + 4));
    }

    @Test
    void manifestsTakeThePlaceOfTheDefaultInTheCode() throws IOException {
        Project project = PythonTree.of(folder, """
                --- config.py
                from pydantic_settings import BaseSettings
                class Settings(BaseSettings):
                    pool_size: int = 5
                    class Config:
                        env_prefix = "DB_"
                settings = Settings()
                --- a.py
                from config import settings
                use(settings.pool_size)
                """);
        project.finish(List.of(deployment("kubernetes", "12")));
        assertThat(used(project, "a.py")).isEqualTo("12");
    }

    @Test
    void composeIsOnePossibilityBesideTheDefault() throws IOException {
        Project project = PythonTree.of(folder, "--- a.py\nimport os\nuse(int(os.getenv('DB_POOL_SIZE', 5)))\n");
        project.finish(List.of(deployment("compose", "12")));
        assertThat(used(project, "a.py")).isEqualTo("DB_POOL_SIZE not set? 5 | in compose api? 12");
    }

    @Test
    void theTrailNamesEachPlaceOnTheWay() throws IOException {
        Project project = PythonTree.of(folder, """
                --- config.py
                SIZE = 5
                --- a.py
                from config import SIZE
                small = SIZE
                use(small)
                """);
        Value<Object> value = PythonValues.of(project).value(PythonTree.node(project, "a.py", "identifier", "small"));
        assertThat(value.origin()).hasToString("config.py:1:8");
        assertThat(value.trail())
                .extracting(step -> step.what() + " " + step.origin())
                .containsExactly("SIZE a.py:2:9", "small a.py:3:5");
    }

    private static Deployment deployment(String kind, String size) {
        Origin origin = new Origin("deploy.yaml", 3, 1);
        Instances instances = new Instances(
                Value.known(1, origin), Value.known(1, origin), Value.known(Surge.NONE, origin), Rollout.ROLLING, "");
        return new Deployment(
                "api",
                kind,
                "",
                "",
                "",
                instances,
                Map.of("DB_POOL_SIZE", Value.known(size, origin)),
                List.of(),
                Value.unknown("", ""),
                Place.MAIN,
                origin);
    }

    private static String used(Project project, String file) throws IOException {
        return PythonIndex.of(project)
                .module(project.file(file).orElseThrow())
                .orElseThrow()
                .root()
                .all("call")
                .filter(call -> call.text("function").equals("use"))
                .map(call -> text(PythonValues.of(project)
                        .value(call.child("arguments").orElseThrow().children().getFirst())))
                .findFirst()
                .orElseThrow();
    }

    private static String text(Value<Object> value) {
        return switch (value) {
            case Value.OneOf<Object> oneOf ->
                oneOf.cases().stream()
                        .map(one -> one.condition() + "? " + text(one.value()))
                        .collect(Collectors.joining(" | "));
            case Value.Unknown<Object> ignored -> "unknown";
            default -> value.toString();
        };
    }
}
