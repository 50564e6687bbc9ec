package dev.poolwright.scan.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonDeclarationsTest {

    @TempDir
    private Path root;

    private DeclaredTree tree = new DeclaredTree(Path.of(""));

    @BeforeEach
    void tree() {
        tree = new DeclaredTree(root);
    }

    @Test
    void requirementsAreForTheirFolderOrTheOneAboveAFolderOfRequirements() throws IOException {
        tree.file("api/requirements.txt", """
                # why
                SQLAlchemy[asyncio]==2.0.1 ; python_version > "3.8"
                psycopg[binary,pool] >= 3.1
                requests==2.0
                """)
                .file("web/requirements/base.txt", "Django>=4.2,<5\n")
                .file("notes.txt", "django==1.0\n");
        assertThat(tree.found())
                .containsExactly(
                        "api: sqlalchemy 2.0.1 line 2",
                        "api: psycopg 3.1+ line 3",
                        "api: psycopg_pool + line 3",
                        "web: django 4.2+ line 1");
    }

    @Test
    void pyprojectIsReadAsEveryToolWritesIt() throws IOException {
        tree.file("pyproject.toml", """
                [project]
                dependencies = [
                  "fastapi>=0.110",
                  "asyncpg",
                ]
                [project.optional-dependencies]
                server = ["gunicorn==21.2.0"]
                [dependency-groups]
                dev = ["psycopg2-binary>=2.9"]
                [tool.poetry.dependencies]
                sqlalchemy = { version = "^2.0", extras = ["asyncio"] }
                uvicorn = "0.30.1"
                [tool.poetry.group.dev.dependencies]
                django = "*"
                """);
        assertThat(tree.found())
                .containsExactly(
                        ": fastapi 0.110+ line 3",
                        ": asyncpg + line 4",
                        ": gunicorn 21.2.0 line 7",
                        ": psycopg2 2.9+ line 9",
                        ": sqlalchemy 2.0+ line 11",
                        ": uvicorn 0.30.1 line 12",
                        ": django + line 14");
    }

    @Test
    void locksSayTheVersionThatIsUsed() throws IOException {
        tree.file("a/poetry.lock", """
                [[package]]
                name = "sqlalchemy"
                version = "2.0.35"
                description = "x"

                [package.dependencies]
                name = "asyncpg"
                version = "9"

                [metadata]
                """)
                .file("b/uv.lock", """
                version = 1

                [[package]]
                name = "asyncpg"
                version = "0.30.0"
                """)
                .file("c/Pipfile.lock", """
                {
                    "default": {
                        "django": {
                            "hashes": [],
                            "version": "==4.2.1"
                        }
                    }
                }
                """)
                .file("c/Pipfile", "[packages]\ndjango = \"~=4.2\"\n");
        assertThat(tree.found())
                .containsExactly(
                        "a: sqlalchemy 2.0.35 line 3",
                        "b: asyncpg 0.30.0 line 5",
                        "c: django 4.2+ line 2",
                        "c: django 4.2.1 line 5");
    }

    @Test
    void setuptoolsAndCondaAreRead() throws IOException {
        tree.file("a/setup.cfg", """
                [options]
                install_requires =
                    sqlalchemy>=1.4

                    asyncpg
                """).file("b/setup.py", """
                from setuptools import setup
                requires = ["gunicorn>=20"]
                setup(name="django", install_requires=["psycopg2==2.9.9"] + requires)
                """).file("c/environment.yml", """
                dependencies:
                  - sqlalchemy=1.4.46
                  - psycopg2>=2.9
                  - pip:
                    - asyncpg==0.27.0
                """);
        assertThat(tree.found())
                .containsExactly(
                        "a: sqlalchemy 1.4+ line 3",
                        "a: asyncpg + line 5",
                        "b: gunicorn 20+ line 2",
                        "b: psycopg2 2.9.9 line 3",
                        "c: sqlalchemy 1.4.46 line 2",
                        "c: psycopg2 2.9+ line 3",
                        "c: asyncpg 0.27.0 line 5");
    }
}
