package dev.poolwright.scan.python;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fact.DatabaseUrl;
import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.DeclaredPool.Scope;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.IdleSetting;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythonPoolReadersTest {

    @TempDir
    Path folder;

    @Test
    void aLazyEngineWithAnImportedClassIsReadAtItsCall() throws IOException {
        DeclaredPool pool = pool("""
                --- app/database.py
                from sqlalchemy.ext.asyncio import create_async_engine
                _engine = None
                def get_engine():
                    global _engine
                    if _engine is None:
                        from sqlalchemy.pool import QueuePool
                        _engine = create_async_engine(
                            url(),
                            poolclass=QueuePool,
                            pool_size=5,
                        )
                    return _engine
                --- app/use.py
                from app.database import get_engine
                get_engine()
                """);
        assertThat(pool.name()).isEqualTo("app/database.py#_engine");
        assertThat(pool.origin()).hasToString("app/database.py:7:19");
        assertThat(pool.kind().single()).contains("QueuePool");
        assertThat(pool.kind().origin()).hasToString("app/database.py:9:23");
        assertThat(requireNonNull(pool.settings().get("pool_size")).single()).contains(5L);
        assertThat(pool.stack().runtime()).isEqualTo("asyncio");
        assertThat(pool.scope()).isEqualTo(Scope.PROCESS);
    }

    @Test
    void aConfigurationOfAdvancedAlchemyIsAnEngine() throws IOException {
        DeclaredPool pool = pool("""
                --- app/database.py
                from advanced_alchemy.extensions.litestar import EngineConfig, SQLAlchemyAsyncConfig, SQLAlchemyPlugin
                config = SQLAlchemyAsyncConfig(
                    connection_string="postgresql+asyncpg://u:p@db/shop",
                    engine_config=EngineConfig(pool_size=100, max_overflow=20, pool_timeout=10),
                )
                plugin = SQLAlchemyPlugin(config=config)
                """);
        assertThat(pool.name()).isEqualTo("app/database.py#config");
        assertThat(pool.stack().library()).isEqualTo("sqlalchemy");
        assertThat(pool.stack().runtime()).isEqualTo("asyncio");
        assertThat(pool.stack().driver()).isEqualTo("asyncpg");
        assertThat(requireNonNull(pool.settings().get("pool_size")).single()).contains(100L);
        assertThat(requireNonNull(pool.settings().get("max_overflow")).origin().line())
                .isEqualTo(4);
        assertThat(pool.url().single()).contains("postgresql+asyncpg://***@db/shop");
    }

    @Test
    void aConfigurationThatIsGivenAnEngineMakesNone() throws IOException {
        DeclaredPool pool = pool("""
                --- app/database.py
                from sqlalchemy import create_engine
                from litestar.plugins.sqlalchemy import SQLAlchemySyncConfig
                engine = create_engine("postgresql://db/shop", pool_size=3)
                config = SQLAlchemySyncConfig(engine_instance=engine)
                """);
        assertThat(pool.name()).isEqualTo("app/database.py#engine");
    }

    @Test
    void anEngineConfigurationThatIsNotWrittenOutLeavesTheSizesOpen() throws IOException {
        DeclaredPool pool = pool("""
                --- app/database.py
                from litestar.contrib.sqlalchemy.plugins import SQLAlchemySyncConfig
                from elsewhere import engine_options
                config = SQLAlchemySyncConfig(connection_string="postgresql://db/shop", engine_config=engine_options())
                use(config)
                """);
        assertThat(pool.settings().get("pool_size")).isInstanceOf(Value.Unknown.class);
    }

    /** The class by whatever way: what the kind can be. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "from sqlalchemy.pool import NullPool\nengine = create_engine(u, poolclass=NullPool)# = [NullPool]",
                "import sqlalchemy.pool as p\nengine = create_engine(u, poolclass=p.StaticPool)# = [StaticPool]",
                "engine = create_engine(u)# = []",
                "engine = create_engine(u, poolclass=None)# = []",
                "from sqlalchemy.pool import *\nkind = QueuePool\nengine = create_engine(u, poolclass=kind)# = [QueuePool]",
                "from sqlalchemy.pool import QueuePool, NullPool\nengine = create_engine(u, poolclass=NullPool if x else QueuePool)# = [NullPool, QueuePool]",
                "from sqlalchemy.pool import QueuePool, NullPool\nKINDS = {'q': QueuePool, 'n': NullPool}\nengine = create_engine(u, poolclass=KINDS['n'])# = [NullPool]",
                "from sqlalchemy.pool import QueuePool, NullPool\nKINDS = {k.__name__: k for k in (QueuePool, NullPool)}\nKINDS = {QueuePool.__name__: QueuePool}\nengine = create_engine(u, poolclass=KINDS.get('QueuePool'))# = [QueuePool]",
                "from sqlalchemy.pool import NullPool\noptions = dict(poolclass=NullPool)\nengine = create_engine(u, **options)# = [NullPool]",
                "from functools import partial\nfrom sqlalchemy.pool import NullPool\nmake = partial(create_engine, poolclass=NullPool)\nengine = make(u)# = [NullPool]",
            })
    void thePoolClassIsResolved(String text) throws IOException {
        int end = text.indexOf("# = ");
        DeclaredPool pool =
                pool("--- a.py\nfrom sqlalchemy import create_engine\n" + text.substring(0, end) + "\nuse(engine)\n");
        List<String> kinds =
                pool.kind().possible().stream().filter(kind -> !kind.isEmpty()).toList();
        assertThat(kinds).hasToString(text.substring(end + 4));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "create_engine|postgresql://u:p@h/d|psycopg2|postgresql://***@h/d",
                "create_engine|postgresql+psycopg://u:p@h/d|psycopg|postgresql+psycopg://***@h/d",
                "create_engine|mysql+pymysql://h/d?charset=utf8|pymysql|mysql+pymysql://h/d?charset=utf8",
                "create_engine|sqlite:///x.db|pysqlite|sqlite:///x.db",
                "create_engine|postgresql://u:a/b@h/d|psycopg2|postgresql://***@h/d",
            })
    void theDriverComesFromTheUrlAndItsSecretsAreMasked(String make, String url, String driver, String masked)
            throws IOException {
        DeclaredPool pool = pool(
                "--- a.py\nfrom sqlalchemy import create_engine\nengine = " + make + "('" + url + "')\nuse(engine)\n");
        assertThat(pool.stack().driver()).isEqualTo(driver);
        assertThat(pool.url().single()).contains(masked);
    }

    @Test
    void aSlashInAPasswordIsNoEndOfTheHost() {
        DatabaseUrls.Parts parts =
                DatabaseUrls.parts("postgresql://u:a/b@h:5432/d").orElseThrow();
        assertThat(parts.host()).isEqualTo("h");
        assertThat(parts.database()).isEqualTo("d");
        assertThat(parts.toString()).doesNotContain("a/b");
    }

    /** Where the pool goes decides how often it is made. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "engine = create_engine(u)\nuse(engine)# = PROCESS a.py#engine",
                "@lru_cache\ndef get():\n    return create_engine(u)\nget()# = PROCESS a.py#get",
                "@lru_cache\ndef get(tenant):\n    return create_engine(tenant)\nget(a)\nget(b)# = KEY a.py#get",
                "_all = {}\ndef get(t):\n    _all[t] = create_engine(t)\n    return _all[t]\nget(1)# = KEY a.py#_all",
                "class D:\n    def __init__(self):\n        self.engine = create_engine(u)\nD()# = PROCESS a.py#D.engine",
                "def make():\n    return create_engine(u)\nengine = make()\nuse(engine)# = PROCESS a.py#engine",
                "def query(x):\n    engine = create_engine(u)\n    return engine.execute(x)\n@app.get('/x')\ndef handler():\n    query(1)# = CALL a.py#query",
                "@app.get('/x')\ndef x():\n    with create_engine(u).connect() as c:\n        pass# = CALL a.py#x",
                "def main():\n    engine = create_engine(u)\n    run(engine)\nmain()# = PROCESS a.py#main",
                "async def lifespan(app):\n    app.state.engine = create_engine(u)\n    yield# = PROCESS a.py#app.state.engine",
            })
    void theScopeIsWhereItIsKept(String text) throws IOException {
        int end = text.indexOf("# = ");
        DeclaredPool pool = pool("--- a.py\nfrom functools import lru_cache\nfrom sqlalchemy import create_engine\n"
                + text.substring(0, end) + "\n");
        assertThat(pool.scope() + " " + pool.name()).isEqualTo(text.substring(end + 4));
    }

    @Test
    void eachModuleLevelCallOfAFactoryIsAPoolOfItsOwn() throws IOException {
        List<DeclaredPool> pools = pools("""
                --- a.py
                from sqlalchemy import create_engine
                def make(url, size=3):
                    options = {"pool_size": size}
                    return create_engine(url, **options)
                first = make("postgresql://a/x")
                second = make("postgresql://b/x", size=9)
                use(first, second)
                """);
        assertThat(pools).extracting(DeclaredPool::name).containsExactly("a.py#first", "a.py#second");
        assertThat(pools)
                .extracting(pool -> requireNonNull(pool.settings().get("pool_size"))
                        .possible()
                        .toString())
                .containsExactly("[3]", "[9]");
        assertThat(pools).extracting(pool -> pool.url().or("")).containsExactly("postgresql://a/x", "postgresql://b/x");
    }

    @Test
    void anEngineThatNothingUsesDoesNotCount() throws IOException {
        assertThat(pools("""
                        --- a.py
                        from sqlalchemy import create_engine
                        engine = create_engine(u)
                        sync_engine = create_engine(v)
                        --- b.py
                        from a import engine
                        """)).extracting(DeclaredPool::name).containsExactly("a.py#engine");
    }

    @Test
    void anEngineForTestsIsPlacedThere() throws IOException {
        List<DeclaredPool> pools = pools("""
                --- a.py
                from sqlalchemy import create_engine
                from functools import cache
                from conf import settings
                @cache
                def get():
                    if settings.TEST:
                        return create_engine(u)
                    return create_engine(u, pool_size=3)
                get()
                """);
        assertThat(pools).extracting(DeclaredPool::place).containsExactly(Place.TEST, Place.MAIN);
    }

    @Test
    void theDriversOwnPoolsAreRead() throws IOException {
        List<DeclaredPool> pools = pools("""
                --- a.py
                import asyncpg
                from psycopg_pool import ConnectionPool
                from psycopg2 import pool as pg
                from psycopg2.pool import ThreadedConnectionPool
                async def startup(app):
                    app.state.pool = await asyncpg.create_pool(dsn="postgresql://h/d", min_size=2, max_size=4 * 5)
                first = ConnectionPool("postgresql://h/d", max_size=7)
                second = ThreadedConnectionPool(1, 20, host="db")
                third = pg.SimpleConnectionPool(1, 2)
                use(first, second, third)
                """);
        assertThat(pools)
                .extracting(pool -> pool.name() + " " + pool.stack().library() + " " + pool.settings())
                .containsExactly(
                        "a.py#app.state.pool asyncpg {min_size=2, max_size=20}",
                        "a.py#first psycopg_pool {max_size=7}",
                        "a.py#second psycopg2_pool {minconn=1, maxconn=20}",
                        "a.py#third psycopg2_pool {minconn=1, maxconn=2}");
        assertThat(pools.get(0).url().single()).contains("postgresql://h/d");
    }

    @Test
    void djangoDatabasesAreReadForEachAlias() throws IOException {
        List<DeclaredPool> pools = pools("""
                --- site/settings/base.py
                import os
                import dj_database_url
                DATABASES = {
                    "default": {
                        "ENGINE": "django.db.backends.postgresql",
                        "CONN_MAX_AGE": int(os.getenv("MAX_AGE", "60")),
                        "OPTIONS": {"pool": {"min_size": 2, "max_size": 4}},
                    },
                    "reports": dj_database_url.config(conn_max_age=600),
                }
                --- site/settings/production.py
                from .base import *
                DATABASES["default"]["CONN_MAX_AGE"] = 0
                """);
        assertThat(pools.stream().filter(pool -> pool.name().startsWith("site/settings/base.py")))
                .extracting(pool -> pool.name() + " " + pool.settings())
                .containsExactly(
                        "site/settings/base.py#DATABASES.default {CONN_MAX_AGE=60, OPTIONS.pool=true,"
                                + " OPTIONS.pool.min_size=2, OPTIONS.pool.max_size=4}",
                        "site/settings/base.py#DATABASES.reports {CONN_MAX_AGE=600}");
    }

    @Test
    void engineFromConfigTakesTheIniFile() throws IOException {
        DeclaredPool pool = pool("""
                --- development.ini
                [app:main]
                sqlalchemy.url = postgresql://u:p@h/d
                sqlalchemy.pool_size = 1
                sqlalchemy.max_overflow = 1
                --- app/__init__.py
                from sqlalchemy import engine_from_config
                def main(global_config, **settings):
                    engine = engine_from_config(settings, "sqlalchemy.")
                    DBSession.configure(bind=engine)
                """);
        assertThat(pool.settings()).hasToString("{pool_size=1, max_overflow=1}");
        assertThat(requireNonNull(pool.settings().get("pool_size")).origin()).hasToString("development.ini:3:1");
        assertThat(pool.url().single()).contains("postgresql://***@h/d");
    }

    @Test
    void flaskKeysAreRead() throws IOException {
        DeclaredPool pool = pool("""
                --- config.py
                class Config:
                    SQLALCHEMY_DATABASE_URI = "postgresql://u:p@h/d"
                    SQLALCHEMY_ENGINE_OPTIONS = {"pool_size": 4, "max_overflow": 2}
                --- app.py
                from flask_sqlalchemy import SQLAlchemy
                db = SQLAlchemy()
                """);
        assertThat(pool.settings()).hasToString("{pool_size=4, max_overflow=2}");
        assertThat(pool.stack().driver()).isEqualTo("psycopg2");
    }

    @Test
    void urlsAreReadWithoutTheirSecrets() throws IOException {
        List<Fact> facts = facts("""
                --- a.py
                A = "postgresql+asyncpg://app:s3cr3tW0rd@db.prod.internal:5432/shop?sslmode=require"
                B = f"postgresql://{user}:{password}@{host}/{name}"
                C = "postgresql://postgres:postgres@localhost/x"
                def f(url):
                    return url.startswith("postgresql://x") or url.replace("postgres://", "postgresql://")
                """);
        assertThat(facts.stream().filter(DatabaseUrl.class::isInstance).map(DatabaseUrl.class::cast))
                .extracting(url -> url.scheme() + " " + url.host() + " " + url.parameters() + " " + url.password())
                .containsExactly(
                        "postgresql+asyncpg db.prod.internal [sslmode=require] LITERAL",
                        "postgresql  [] REFERENCE",
                        "postgresql localhost [] PLACEHOLDER");
        assertThat(facts.toString()).doesNotContain("s3cr3tW0rd");
    }

    @Test
    void aPoolSettingThatNoCodeReadsIsIdle() throws IOException {
        List<Fact> facts = facts("""
                --- config.py
                class Settings:
                    DB_POOL_SIZE = 20
                    DB_MAX_OVERFLOW = 5
                LIMITS = {"cloud_sql_capacity_limit": 100}
                --- db.py
                from config import Settings
                from sqlalchemy import create_engine
                engine = create_engine("postgresql://h/d", max_overflow=Settings.DB_MAX_OVERFLOW)
                use(engine)
                """);
        assertThat(facts.stream().filter(IdleSetting.class::isInstance).map(IdleSetting.class::cast))
                .extracting(idle -> idle.key() + "=" + idle.value() + " " + idle.origin())
                .containsExactly("DB_POOL_SIZE=20 config.py:2:5", "cloud_sql_capacity_limit=100 config.py:4:11");
    }

    private DeclaredPool pool(String files) throws IOException {
        List<DeclaredPool> pools = pools(files);
        assertThat(pools).hasSize(1);
        return pools.getFirst();
    }

    private List<DeclaredPool> pools(String files) throws IOException {
        return facts(files).stream()
                .filter(DeclaredPool.class::isInstance)
                .map(DeclaredPool.class::cast)
                .toList();
    }

    private List<Fact> facts(String files) throws IOException {
        Project project = PythonTree.of(folder, files);
        List<Fact> facts = new ArrayList<>();
        List<Reader> readers = List.of(
                new SqlAlchemyReader(),
                new EngineFromConfigReader(),
                new AlchemyConfigReader(),
                new FlaskSqlAlchemyReader(),
                new DriverPoolReader(),
                new DjangoReader(),
                new PythonUrlReader(),
                new IdlePythonSettingReader());
        for (SourceFile file : project.tree().files()) {
            String text = Files.readString(file.path(), StandardCharsets.UTF_8);
            for (Reader reader : readers) {
                boolean wanted = reader.interest().languages().contains(file.language())
                        && reader.interest().names().test(file)
                        && reader.interest().words().stream().anyMatch(text::contains);
                if (wanted) {
                    reader.read(file, project, facts::add);
                }
            }
        }
        return facts;
    }
}
