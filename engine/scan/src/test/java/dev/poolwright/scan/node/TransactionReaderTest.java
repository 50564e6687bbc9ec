package dev.poolwright.scan.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fact.CodeShape.Shape;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionReaderTest {

    @TempDir
    Path root;

    private List<String> shapes(Shape shape, String text) throws Exception {
        return new NodeTree(root).with("src/service.ts", text).shapes(shape);
    }

    @Test
    void queryBesideTheTransactionIsFound() throws Exception {
        assertThat(shapes(Shape.NESTED_BORROW, """
                        export class Orders {
                          constructor(private readonly prisma: PrismaService) {}
                          async pay(id: string) {
                            return this.prisma.$transaction(async (tx) => {
                              await tx.order.update({ where: { id }, data: { paid: true } });
                              await this.prisma.audit.create({ data: { id } });
                            });
                          }
                          async ship(id: string) {
                            return this.prisma.$transaction(async (tx) => {
                              await tx.order.update({ where: { id }, data: { shipped: true } });
                              await this.prisma.note(tx, id);
                            });
                          }
                        }
                        """))
                .containsExactly("6 this.prisma.audit.create({ data: { id } }) beside the transaction tx");
    }

    @Test
    void knexQueryWithoutItsTransactionIsFound() throws Exception {
        assertThat(shapes(Shape.NESTED_BORROW, """
                        export async function move(knex, id) {
                          await knex.transaction(async (trx) => {
                            await trx('a').where({ id }).del();
                            await knex('c').insert({ id }).transacting(trx);
                            await knex('b').insert({ id });
                          });
                        }
                        """))
                .containsExactly("5 knex('b').insert({ id }) beside the transaction trx");
    }

    @Test
    void slowCallWithinATransactionIsFound() throws Exception {
        assertThat(shapes(Shape.HELD_ACROSS_SLOW, """
                        import axios from 'axios';
                        import OpenAI from 'openai';
                        const openai = new OpenAI();
                        export async function pay(prisma, id) {
                          await prisma.$transaction(async (tx) => {
                            await tx.order.update({ where: { id } });
                            await axios.post('https://pay.example/', { id });
                          });
                          await prisma.$transaction(async (tx) => {
                            const text = await openai.chat.completions.create({ model: 'x' });
                            await tx.note.create({ data: { text } });
                          });
                          await axios.post('https://hooks.example/', { id });
                        }
                        """))
                .containsExactly(
                        "7 HTTP call axios.post", "10 call of a language model openai.chat.completions.create");
    }

    @Test
    void browserDatabasesAreLeftAlone() throws Exception {
        assertThat(new NodeTree(root).with("src/offline.ts", """
                                export async function keep(db, items) {
                                  await db.transaction('rw', db.items, async (tx) => {
                                    await db.items.bulkPut(items);
                                    await fetch('/sync');
                                  });
                                }
                                """).all(dev.poolwright.model.fact.CodeShape.class))
                .isEmpty();
    }
}
