package dev.poolwright.scan.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fact.CodeShape.Shape;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldReaderTest {

    private static final String POOL = "import { Pool } from 'pg';\nconst pool = new Pool();\n";

    @TempDir
    Path root;

    private List<String> shapes(Shape shape, String body) throws Exception {
        return new NodeTree(root).with("src/db.ts", POOL + body).shapes(shape);
    }

    @Test
    void releaseOnTheGoodPathOnlyIsFound() throws Exception {
        assertThat(shapes(Shape.NOT_ALWAYS_CLOSED, """
                        export async function save(row) {
                          const client = await pool.connect();
                          await client.query('insert into t values ($1)', [row]);
                          client.release();
                        }
                        """))
                .containsExactly(
                        "4 client is not released when await client.query('insert into t values ($1)', [row]) fails");
    }

    @Test
    void earlyReturnBeforeTheReleaseIsFound() throws Exception {
        assertThat(shapes(Shape.NOT_ALWAYS_CLOSED, """
                        export async function find(id) {
                          const client = await pool.connect();
                          try {
                            const found = await client.query('select 1');
                            if (found.rowCount === 0) {
                              return null;
                            }
                            client.release();
                            return found.rows[0];
                          } catch (error) {
                            client.release();
                            throw error;
                          }
                        }
                        """))
                .containsExactly("4 client is not released when it returns early");
    }

    @Test
    void connectionThatIsNeverReleasedIsFound() throws Exception {
        assertThat(shapes(Shape.NOT_ALWAYS_CLOSED, """
                        export async function find(id) {
                          const client = await pool.connect();
                          const found = await client.query('select 1');
                          return found.rows;
                        }
                        """)).containsExactly("4 client is not released at all");
    }

    @Test
    void connectionThatOnlyAnAbortGivesBackIsFound() throws Exception {
        assertThat(shapes(Shape.NOT_ALWAYS_CLOSED, """
                        export async function ask(signal, text) {
                          const client = await pool.connect();
                          const asked = client.query(text);
                          signal.subscribe(() => {
                            client.release();
                            throw new Error('aborted');
                          });
                          const found = await asked;
                          return found.rows;
                        }
                        export async function stream(text) {
                          const client = await pool.connect();
                          const rows = client.query(text);
                          rows.on('end', () => client.release());
                          await rows.started();
                        }
                        """)).containsExactly("4 client is not released at all");
    }

    @Test
    void releaseInFinallyIsInOrder() throws Exception {
        assertThat(shapes(Shape.NOT_ALWAYS_CLOSED, """
                        export async function save(row) {
                          const client = await pool.connect();
                          try {
                            await client.query('BEGIN');
                            if (!row) {
                              return null;
                            }
                            await client.query('insert');
                            await client.query('COMMIT');
                          } catch (error) {
                            await client.query('ROLLBACK');
                            throw error;
                          } finally {
                            client.release();
                          }
                        }
                        export async function later() {
                          let client;
                          try {
                            client = await pool.connect();
                            await client.query('select 1');
                          } catch (error) {
                            console.error(error);
                          } finally {
                            if (client) client.release();
                          }
                        }
                        export async function optional() {
                          let client;
                          try {
                            client = await pool.connect();
                            return await client.query('select 1');
                          } finally {
                            client?.release();
                          }
                        }
                        """)).isEmpty();
    }

    @Test
    void releaseInBothBranchesIsInOrder() throws Exception {
        assertThat(shapes(Shape.NOT_ALWAYS_CLOSED, """
                        export async function both() {
                          const client = await pool.connect();
                          try {
                            await client.query('select 1');
                            client.release();
                          } catch (error) {
                            client.release(error);
                            throw error;
                          }
                        }
                        export async function swallowed() {
                          const client = await pool.connect();
                          try {
                            await client.query('select 1');
                          } catch (error) {
                            console.error(error);
                          }
                          client.release();
                        }
                        """)).isEmpty();
    }

    @Test
    void connectionThatIsHandedOnIsLeftAlone() throws Exception {
        assertThat(shapes(Shape.NOT_ALWAYS_CLOSED, """
                        export async function take() {
                          const client = await pool.connect();
                          await client.query('select 1');
                          return client;
                        }
                        export async function wrapped() {
                          const client = await pool.connect();
                          await client.query('select 1');
                          return { query: client.query, done: () => client.release() };
                        }
                        class Store {
                          async open() {
                            const client = await pool.connect();
                            await client.query('LISTEN changes');
                            this.client = client;
                          }
                        }
                        export async function given(work) {
                          const client = await pool.connect();
                          await work(client);
                        }
                        """)).isEmpty();
    }

    @Test
    void transactionThatReturnsEarlyIsFound() throws Exception {
        assertThat(new NodeTree(root).with("src/orders.js", """
                                const { sequelize, Order } = require('./models');
                                async function pay(id) {
                                  const t = await sequelize.transaction();
                                  try {
                                    const order = await Order.findByPk(id, { transaction: t });
                                    if (!order) {
                                      return null;
                                    }
                                    await order.update({ paid: true }, { transaction: t });
                                    await t.commit();
                                  } catch (error) {
                                    await t.rollback();
                                    throw error;
                                  }
                                }
                                async function ship(id) {
                                  const t = await sequelize.transaction();
                                  try {
                                    await Order.update({ shipped: true }, { where: { id }, transaction: t });
                                    await t.commit();
                                    return true;
                                  } catch (error) {
                                    await t.rollback();
                                    return false;
                                  }
                                }
                                """).shapes(Shape.NOT_ALWAYS_CLOSED))
                .containsExactly("3 t is neither committed nor rolled back when it returns early");
    }

    @Test
    void secondConnectionOfTheSamePoolIsFound() throws Exception {
        assertThat(shapes(Shape.NESTED_BORROW, """
                        export async function move(id) {
                          const client = await pool.connect();
                          try {
                            await client.query('BEGIN');
                            await pool.query('update t set x = 1');
                            await client.query('COMMIT');
                          } finally {
                            client.release();
                          }
                          await pool.query('select 1');
                        }
                        """))
                .containsExactly("7 pool.query('update t set x = 1') while client is held");
    }

    @Test
    void callThatWaitsForSomethingElseIsFound() throws Exception {
        assertThat(shapes(Shape.HELD_ACROSS_SLOW, """
                        async function rate(currency) {
                          const answer = await fetch('https://rates.example/' + currency);
                          return answer.json();
                        }
                        export async function convert(id) {
                          const client = await pool.connect();
                          try {
                            await client.query('BEGIN');
                            const now = await rate('EUR');
                            await client.query('update t set x = $1', [now]);
                            await client.query('COMMIT');
                          } finally {
                            client.release();
                          }
                        }
                        export async function after(id) {
                          const client = await pool.connect();
                          try {
                            await client.query('select 1');
                          } finally {
                            client.release();
                          }
                          await fetch('https://hooks.example/');
                        }
                        """)).containsExactly("11 HTTP call fetch");
    }
}
