package dev.poolwright.scan.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.python.PythonDefinition.ClassDefinition;
import dev.poolwright.scan.python.PythonDefinition.FunctionDefinition;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonIndexTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from sqlalchemy import create_engine|create_engine|sqlalchemy.create_engine",
                "from sqlalchemy.ext.asyncio import create_async_engine as make|make|sqlalchemy.ext.asyncio.create_async_engine",
                "import sqlalchemy as sa|sa.create_engine|sqlalchemy.create_engine",
                "import sqlalchemy.pool|sqlalchemy.pool.NullPool|sqlalchemy.pool.NullPool",
                "from sqlalchemy import *|create_engine|sqlalchemy.create_engine",
                "from sqlalchemy import pool|pool.QueuePool|sqlalchemy.pool.QueuePool",
                "from app.libs import create_engine|create_engine|sqlalchemy.create_engine",
                "from app import libs|libs.sa.create_engine|sqlalchemy.create_engine",
                "from app.stars import create_engine|create_engine|sqlalchemy.create_engine",
                "import app.libs|app.libs.make|sqlalchemy.create_engine",
                "import asyncpg|asyncpg.create_pool|asyncpg.create_pool",
            })
    void namesOutsideTheTreeAreFollowedThroughImportsAndAliases(String statement, String name, String wanted)
            throws IOException {
        Project project = PythonTree.of(folder, """
                --- app/__init__.py
                --- app/libs.py
                import sqlalchemy as sa
                from sqlalchemy import create_engine
                make = create_engine
                --- app/stars.py
                from .libs import *
                --- app/use.py
                """ + statement + "\nused = " + name + "\n");
        PythonIndex index = PythonIndex.of(project);
        assertThat(index.externalName(
                        PythonTree.node(project, "app/use.py", name.contains(".") ? "attribute" : "identifier", name)))
                .isEqualTo(wanted);
    }

    @Test
    void functionsAndClassesAreFoundThroughPackagesAndRelativeImports() throws IOException {
        Project project = PythonTree.of(folder, """
                --- services/api/pyproject.toml
                --- services/api/core/__init__.py
                from .settings import Settings, get_settings
                --- services/api/core/settings.py
                class Settings:
                    size = 5
                    def url(self): return ""
                async def get_settings(a, b: int = 5, *rest, c=3, **kw):
                    def inner(): pass
                --- services/api/db/session.py
                from core import Settings, get_settings as given
                first = Settings
                second = given
                third = Settings.url
                --- services/other/core/__init__.py
                Settings = 5
                """);
        PythonIndex index = PythonIndex.of(project);
        String use = "services/api/db/session.py";
        PythonDefinition type = index.resolve(PythonTree.node(project, use, "identifier", "Settings"))
                .orElseThrow();
        assertThat(type).isInstanceOf(ClassDefinition.class);
        assertThat(type.node().origin()).hasToString("services/api/core/settings.py:1:1");
        PythonFunction function = ((FunctionDefinition)
                        index.resolve(PythonTree.node(project, use, "identifier", "given"))
                                .orElseThrow())
                .function();
        assertThat(function.async()).isTrue();
        assertThat(function.parameters())
                .extracting(PythonParameter::name)
                .containsExactly("a", "b", "rest", "c", "kw");
        assertThat(function.parameter("b")
                        .orElseThrow()
                        .defaultValue()
                        .orElseThrow()
                        .text())
                .isEqualTo("5");
        assertThat(index.resolve(PythonTree.node(project, use, "attribute", "Settings.url")))
                .get()
                .isInstanceOf(FunctionDefinition.class);
        assertThat(index.module(function.node()).orElseThrow().functions())
                .extracting(PythonFunction::qualifiedName)
                .containsExactly("Settings.url", "get_settings", "get_settings.inner");
    }

    @Test
    void aFileOfThePackageIsNotTakenForALibraryOfTheSameName() throws IOException {
        Project project = PythonTree.of(folder, """
                --- app/redis.py
                x = 1
                --- app/asyncpg.py
                create_pool = 5
                --- app/use.py
                import asyncpg
                pool = asyncpg.create_pool()
                """);
        assertThat(PythonIndex.of(project)
                        .externalName(PythonTree.node(project, "app/use.py", "attribute", "asyncpg.create_pool")))
                .isEqualTo("asyncpg.create_pool");
    }

    @Test
    void circularImportsEnd() throws IOException {
        Project project = PythonTree.of(folder, """
                --- a.py
                from b import name
                from b import *
                --- b.py
                from a import name
                from a import *
                used = name
                other = missing
                """);
        PythonIndex index = PythonIndex.of(project);
        assertThat(index.resolve(PythonTree.node(project, "b.py", "identifier", "missing")))
                .isEmpty();
        assertThat(index.definitions(PythonTree.node(project, "b.py", "identifier", "name")))
                .isEmpty();
    }

    @Test
    void namesOfEachScopeAreKeptApart() throws IOException {
        Project project = PythonTree.of(folder, """
                --- a.py
                engine = None
                def start(url):
                    global engine
                    engine = make(url)
                    local = 5
                    first, second = 1, 2
                    with open(url) as file: pass
                    for one in file: pass
                """);
        PythonModule module = PythonIndex.of(project)
                .module(project.file("a.py").orElseThrow())
                .orElseThrow();
        assertThat(module.scope().names()).containsExactly("engine", "start");
        assertThat(module.scope().named("engine")).hasSize(2);
        PythonScope start = module.scopeOf(module.functions().get(0).node()).orElseThrow();
        assertThat(start.names()).containsExactly("url", "local", "first", "second", "file", "one");
        assertThat(((PythonDefinition.Assignment) start.named("second").get(0))
                        .value()
                        .orElseThrow()
                        .text())
                .isEqualTo("2");
    }
}
