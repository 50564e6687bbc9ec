package dev.poolwright.scan.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fact.CodeShape.Shape;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeShapesTest {

    @TempDir
    Path root;

    private List<String> shapes(Shape shape, String text) throws Exception {
        return new NodeTree(root).with("src/server.ts", text).shapes(shape);
    }

    @Test
    void healthCheckThatAsksTheDatabaseIsFound() throws Exception {
        assertThat(shapes(Shape.POOL_IN_HEALTH_CHECK, """
                        app.get('/healthz', async (req, res) => {
                          await pool.query('SELECT 1');
                          res.send('ok');
                        });
                        app.get('/live', (req, res) => res.send('ok'));
                        app.get('/users', async (req, res) => res.json(await pool.query('SELECT 2')));
                        """))
                .containsExactly("2 /healthz asks the database: pool.query('SELECT 1')");
    }

    @Test
    void databaseFailureThatIsAnsweredAsRefusedIsFound() throws Exception {
        assertThat(shapes(Shape.MISREPORTED_FAILURE, """
                        export async function auth(req, res, next) {
                          try {
                            const user = await prisma.user.findUnique({ where: { token: req.token } });
                            req.user = user;
                            next();
                          } catch (error) {
                            return res.status(401).json({ error: 'Unauthorized' });
                          }
                        }
                        export async function careful(req, res, next) {
                          try {
                            req.user = await prisma.user.findUnique({ where: { token: verify(req.token) } });
                            next();
                          } catch (error) {
                            if (error instanceof TokenError) return res.status(401).end();
                            next(error);
                          }
                        }
                        export async function tokenOnly(req, res, next) {
                          try {
                            verify(req.token);
                          } catch (error) {
                            return res.status(401).end();
                          }
                          req.user = await prisma.user.findUnique({ where: { token: req.token } });
                        }
                        """))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("7 ");
    }

    @Test
    void singleTryAtStartAndRetryWithoutPauseAreFound() throws Exception {
        assertThat(shapes(Shape.NO_PAUSE_BETWEEN_CONNECTS, """
                        async function start() {
                          try {
                            await sequelize.authenticate();
                          } catch (error) {
                            console.error(error);
                            process.exit(1);
                          }
                        }
                        async function again() {
                          while (true) {
                            try {
                              await prisma.$connect();
                              break;
                            } catch (error) {
                              console.error(error);
                            }
                          }
                        }
                        async function patient() {
                          for (let attempt = 0; attempt < 5; attempt++) {
                            try {
                              await prisma.$connect();
                              return;
                            } catch (error) {
                              await sleep(1000 * attempt);
                            }
                          }
                        }
                        """))
                .containsExactly(
                        "3 one failed sequelize.authenticate() ends the process",
                        "12 prisma.$connect() is tried again at once");
    }

    @Test
    void whatNeedsOneSessionIsFound() throws Exception {
        assertThat(shapes(Shape.SESSION_STATE, """
                        await client.query('LISTEN changes');
                        await client.query("SELECT pg_advisory_lock(7)");
                        await client.query("SELECT pg_advisory_xact_lock(7)");
                        await client.query('SET LOCAL statement_timeout = 100');
                        await client.query('SET statement_timeout = 100');
                        log('LISTEN nothing');
                        """))
                .containsExactly(
                        "1 LISTEN: 'LISTEN changes'",
                        "2 session advisory lock: \"SELECT pg_advisory_lock(7)\"",
                        "5 SET of the session: 'SET statement_timeout = 100'");
    }

    @Test
    void fanOutOverRowsIsFound() throws Exception {
        assertThat(shapes(Shape.UNBOUNDED_CALLERS, """
                        export async function all() {
                          const found = await pool.query('select id from t');
                          await Promise.all(found.rows.map((row) => pool.query('update t set x = 1 where id = $1', [row.id])));
                        }
                        export async function some(limit) {
                          const found = await pool.query('select id from t');
                          await Promise.all(found.rows.map((row) => limit(() => pool.query('select 1'))));
                        }
                        """)).hasSize(1);
    }
}
