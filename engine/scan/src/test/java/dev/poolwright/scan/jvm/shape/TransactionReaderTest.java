package dev.poolwright.scan.jvm.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.CodeShape.Shape;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionReaderTest {

    private static final String IMPORTS = """
            import org.springframework.transaction.annotation.Propagation;
            import org.springframework.transaction.annotation.Transactional;
            import org.springframework.web.client.RestTemplate;
            """;

    private static final String AUDIT = IMPORTS + """
            class Audit {
                private AuditRows rows;
                @Transactional(propagation = Propagation.REQUIRES_NEW)
                public void note(String what) { rows.save(what); }
            }
            """;

    @TempDir
    Path folder;

    private ShapeTree orders(String body) throws Exception {
        return new ShapeTree(folder).java("Audit", AUDIT).java("Orders", IMPORTS + """
                class Orders {
                    private final Audit audit = null;
                    private final RestTemplate http = new RestTemplate();
                    private final Payments payments = null;
                %s
                }
                """.formatted(body));
    }

    @Test
    void requiresNewOfAnotherBeanInsideATransactionIsASecondConnection() throws Exception {
        CodeShape shape = orders("""
                @Transactional
                public void place() { check(); }
                private void check() { audit.note("placed"); }
                """).only(Shape.NESTED_BORROW);
        assertThat(shape.subject()).isEqualTo("Orders.place");
        assertThat(shape.certain()).isTrue();
        assertThat(shape.steps()).hasSize(4);
        assertThat(shape.steps().get(0).what()).contains("@Transactional");
        assertThat(shape.steps().get(3).origin().file()).endsWith("Audit.java");
    }

    @Test
    void requiresNewWithoutATransactionAroundItIsOneConnection() throws Exception {
        assertThat(orders("public void place() { audit.note(\"placed\"); }").shapes())
                .isEmpty();
    }

    @Test
    void requiresNewOfTheSameObjectIsNotProxied() throws Exception {
        assertThat(orders("""
                @Transactional
                public void place() { note(); }
                @Transactional(propagation = Propagation.REQUIRES_NEW)
                public void note() { }
                """).shapes()).isEmpty();
    }

    @Test
    void requiresNewOnAnotherThreadIsNotNested() throws Exception {
        assertThat(orders("""
                @Transactional
                public void place() { new Thread(() -> audit.note("later")).start(); }
                """).shapes()).isEmpty();
    }

    @Test
    void requiresNewOfAnotherManagerIsAnotherPool() throws Exception {
        assertThat(orders("""
                @Transactional("reports")
                public void place() { audit.note("placed"); }
                """).shapes()).isEmpty();
    }

    @Test
    void anInterfaceLeadsToItsOnlyImplementation() throws Exception {
        ShapeTree tree = new ShapeTree(folder)
                .java("Log", "public interface Log { void note(String what); }")
                .java("LogImpl", AUDIT.replace("class Audit", "class LogImpl implements Log"))
                .java("Shop", IMPORTS + """
                        @Transactional
                        class Shop {
                            private final Log log;
                            Shop(Log log) { this.log = log; }
                            public void sell() { log.note("sold"); }
                        }
                        """);
        assertThat(tree.only(Shape.NESTED_BORROW).certain()).isTrue();
    }

    @Test
    void aSuspendedTransactionStillHoldsItsConnection() throws Exception {
        ShapeTree tree = new ShapeTree(folder)
                .java("Audit", AUDIT)
                .java("Numbers", IMPORTS + """
                        class Numbers {
                            private Audit audit;
                            @Transactional(propagation = Propagation.NOT_SUPPORTED)
                            public long next() { audit.note("next"); return 1; }
                        }
                        """)
                .java("Shop", IMPORTS + """
                        class Shop {
                            private Numbers numbers;
                            @Transactional
                            public void sell() { numbers.next(); }
                        }
                        """);
        assertThat(tree.only(Shape.NESTED_BORROW).steps())
                .anyMatch(step -> step.what().contains("puts the transaction aside"));
    }

    @Test
    void aTemplateInRequiresNewOnTopOfATransactionIsNested() throws Exception {
        ShapeTree tree = new ShapeTree(folder).java("Shop", IMPORTS + """
                import org.springframework.transaction.support.TransactionTemplate;
                class Shop {
                    private TransactionTemplate apart;
                    Shop(TransactionTemplate t) { apart = t; apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW); }
                    @Transactional
                    public void sell() { apart.execute(status -> 1); }
                }
                """);
        // the file says REQUIRES_NEW, so it is read
        assertThat(tree.only(Shape.NESTED_BORROW).what()).contains("apart.execute");
    }

    @Test
    void aListenerAfterCommitInRequiresNewIsNotCertain() throws Exception {
        String listener = IMPORTS + """
                class Listener {
                    %s
                    @TransactionalEventListener
                    @Transactional(propagation = Propagation.REQUIRES_NEW)
                    public void on(Sold sold) { }
                }
                """;
        assertThat(new ShapeTree(folder)
                        .java("Listener", listener.formatted(""))
                        .only(Shape.NESTED_BORROW)
                        .certain())
                .isFalse();
        assertThat(new ShapeTree(folder)
                        .java("Listener", listener.formatted("@Async"))
                        .shapes())
                .isEmpty();
    }

    @Test
    void anHttpCallInATransactionHoldsTheConnection() throws Exception {
        CodeShape shape = orders("""
                @Transactional
                public void place() {
                    http.getForObject("https://pay.example/charge", String.class);
                }
                """).only(Shape.HELD_ACROSS_SLOW);
        assertThat(shape.certain()).isTrue();
        assertThat(shape.what()).isEqualTo("HTTP call http.getForObject");
    }

    @Test
    void anHttpCallOneBeanAwayIsFollowed() throws Exception {
        CodeShape shape = orders("""
                @Transactional
                public void place() { payments.charge(); }
                """).java("Payments", IMPORTS + """
                        class Payments {
                            private RestTemplate http;
                            public void charge() { http.postForEntity("https://pay.example", null, String.class); }
                        }
                        """).only(Shape.HELD_ACROSS_SLOW);
        assertThat(shape.subject()).isEqualTo("Orders.place");
        assertThat(shape.steps()).hasSize(3);
    }

    @Test
    void whatRunsAsynchronouslyOrAfterCommitIsNotHeld() throws Exception {
        assertThat(orders("""
                @Transactional
                public void place() {
                    payments.charge();
                    executor.submit(() -> http.getForObject("x", String.class));
                    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        public void afterCommit() { http.getForObject("x", String.class); }
                    });
                }
                """).java("Payments", IMPORTS + """
                        class Payments {
                            private RestTemplate http;
                            @Async
                            public void charge() { http.postForEntity("https://pay.example", null, String.class); }
                        }
                        """).shapes()).isEmpty();
    }

    @Test
    void anHttpCallWithoutATransactionIsNothing() throws Exception {
        assertThat(orders("public void place() { http.getForObject(\"x\", String.class); }")
                        .shapes())
                .isEmpty();
    }

    @Test
    void aBlockingWebClientAndAFeignClientAreSlow() throws Exception {
        ShapeTree tree = new ShapeTree(folder)
                .java(
                        "Stock",
                        "import org.springframework.cloud.openfeign.FeignClient;\n@FeignClient(\"stock\") interface Stock { int left(String id); }")
                .java("Shop", IMPORTS + """
                        import org.springframework.web.reactive.function.client.WebClient;
                        class Shop {
                            private WebClient web;
                            private Stock stock;
                            @Transactional
                            public void ask() { web.get().uri("/x").retrieve().bodyToMono(String.class).block(); }
                            @Transactional
                            public void sell() { stock.left("1"); }
                        }
                        """);
        assertThat(tree.shapes(Shape.HELD_ACROSS_SLOW))
                .extracting(CodeShape::subject)
                .containsExactlyInAnyOrder("Shop.ask", "Shop.sell");
    }

    @Test
    void aTemplateHoldsWhatItsFunctionDoes() throws Exception {
        assertThat(new ShapeTree(folder)
                        .java("Shop", IMPORTS + """
                import org.springframework.transaction.support.TransactionTemplate;
                class Shop {
                    private TransactionTemplate tx;
                    private RestTemplate http;
                    public void sell() { tx.execute(status -> http.getForObject("x", String.class)); }
                    public void other() { http.getForObject("x", String.class); tx.execute(status -> 1); }
                }
                """)
                        .only(Shape.HELD_ACROSS_SLOW)
                        .subject())
                .isEqualTo("Shop.sell");
    }

    @Test
    void testsAreNotRead() throws Exception {
        assertThat(new ShapeTree(folder)
                        .with("src/test/java/shop/OrdersTest.java", "package shop;\n" + IMPORTS + """
                class OrdersTest {
                    RestTemplate http;
                    @Transactional public void a() { http.getForObject("x", String.class); }
                }
                """)
                        .shapes())
                .isEmpty();
    }
}
