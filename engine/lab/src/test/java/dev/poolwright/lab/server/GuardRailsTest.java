package dev.poolwright.lab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Shared.class)
class GuardRailsTest {

    private static final String SECRET = "Geh3imnis";

    @Test
    void doesNotConnectToAHostThatIsNotOnLoopback() {
        assertThat(problems("192.0.2.1", Optional.empty()))
                .containsExactly(
                        "host = 192.0.2.1 is not on loopback (its addresses: [192.0.2.1]) and may not be loaded; do: use a server on this machine,"
                                + " or, if you may load this one, say --i-may-load 192.0.2.1");
        assertThat(problems("192.0.2.1", Optional.of("192.0.2.2")))
                .singleElement()
                .asString()
                .contains("--i-may-load names 192.0.2.2");
    }

    @Test
    void asksForTheServerOnceItsHostIsNamed() {
        // A name without an address: the refusal of the guard rails is over, the driver's begins.
        assertThat(problems("nowhere.invalid", Optional.empty()))
                .singleElement()
                .asString()
                .contains("has no address");
        assertThat(problems("nowhere.invalid", Optional.of("nowhere.invalid")))
                .singleElement()
                .asString()
                .contains("no PostgreSQL answers at nowhere.invalid:5432");
    }

    @Test
    void takesANameWithOneAddressElsewhereForElsewhere() throws Exception {
        Loopback.Names both = host -> List.of(address("127.0.0.1"), address("10.0.0.1"));
        Preflight preflight = new GuardRails(Optional.empty(), both)
                .check(LabServer.at(url("both", 5432)), Shared.name(), Shared.limits(5));
        assertThat(preflight.problems()).singleElement().asString().contains("[127.0.0.1, 10.0.0.1]");
        assertThat(Loopback.all(List.of(address("127.1.2.3"), address("::1")))).isTrue();
        assertThat(Loopback.all(List.of(address("0.0.0.0")))).isFalse();
    }

    @Test
    void seesThatATunnelLeadsElsewhere() {
        ServerFacts facts = facts(170_011, "10.1.2.3", false, 100, 3, 0);
        assertThat(judged(facts, Optional.empty()))
                .singleElement()
                .asString()
                .contains("the server behind it is 10.1.2.3")
                .contains("--i-may-load 10.1.2.3");
        assertThat(judged(facts, Optional.of("10.1.2.3"))).isEmpty();
    }

    @Test
    void namesAllThatIsMissingAtOnce() {
        ServerFacts.Rights none = new ServerFacts.Rights(false, false, false);
        ServerFacts facts = new ServerFacts(
                110_022,
                "127.0.0.1",
                true,
                none,
                facts(110_022, "", false, 10, 3, 4).slots());
        assertThat(judged(facts, Optional.empty()))
                .hasSize(4)
                .anyMatch(text -> text.startsWith("server version = 11.22; the lab needs 12 or newer"))
                .anyMatch(text -> text.startsWith("the server takes no writes"))
                .anyMatch(text -> text.startsWith("role u may create neither a database nor a schema in database d"))
                .anyMatch(text -> text.startsWith(
                        "too few free slots: needs 5, free 3 = max_connections 10 − reserved 3 − in use 4"));
    }

    @Test
    void saysThatNobodyAnswers() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThat(checked(LabServer.at(url("127.0.0.1", free)), 5))
                .singleElement()
                .asString()
                .contains("no PostgreSQL answers at 127.0.0.1:" + free);
    }

    @Test
    void saysThatThePasswordIsWrongAndDoesNotShowIt() {
        DatabaseUrl right = Shared.server().url();
        LabServer wrong = LabServer.at(right.as("postgres", new Secret(SECRET)));
        assertThat(checked(wrong, 5))
                .singleElement()
                .asString()
                .contains("(28P01)")
                .doesNotContain(SECRET);
        LabServer none = LabServer.at(
                new DatabaseUrl(right.host(), right.port(), "postgres", "postgres", Optional.empty(), Map.of()));
        assertThat(checked(none, 5)).singleElement().asString().contains("wants a password");
        assertThat(checked(LabServer.at(right.inDatabase("absent")), 5))
                .singleElement()
                .asString()
                .contains("database = absent does not exist")
                .doesNotContain(right.password().orElseThrow().reveal());
    }

    @Test
    void countsTheFreeSlotsBeforeAnyLoad() throws Exception {
        List<Connection> others = new ArrayList<>();
        try {
            for (int i = 0; i < 7; i++) {
                others.add(Shared.admin());
            }
            String text = checked(Shared.server(), 35).toString();
            Matcher numbers = Pattern.compile(
                            "needs 35, free (\\d+) = max_connections 40 − reserved 3 − in use (\\d+); do: plan with fewer")
                    .matcher(text);
            assertThat(numbers.find()).as(text).isTrue();
            // Sessions that other tests just closed may still be seen.
            assertThat(Integer.parseInt(numbers.group(2))).isBetween(7, 12);
            assertThat(Integer.parseInt(numbers.group(1))).isEqualTo(40 - 3 - Integer.parseInt(numbers.group(2)));
        } finally {
            for (Connection other : others) {
                other.close();
            }
        }
    }

    @Test
    void fallsBackToASchemaAndSaysSo() throws Exception {
        Shared.admin("create role only_schema login password 'pw'", "grant create on database postgres to only_schema");
        try {
            LabServer server = Shared.as("only_schema");
            RunName run = Shared.name();
            Preflight preflight = new GuardRails(Optional.empty()).check(server, run, Shared.limits(5));
            assertThat(preflight.problems()).isEmpty();
            assertThat(preflight.placement()).contains(Placement.OWN_SCHEMA);
            assertThat(preflight.ownRole()).isFalse();
            assertThat(preflight.sentences())
                    .contains(
                            "It opens at most 5 connections and ends after at most 60 seconds.",
                            "It creates the schema " + run.onServer()
                                    + " in database postgres and writes into that alone, because role only_schema may not create databases.",
                            "Its subjects log in as only_schema, because that role may not create roles.")
                    .noneMatch(sentence -> sentence.contains(":pw"));
        } finally {
            Shared.admin("drop owned by only_schema", "drop role only_schema");
        }
    }

    @Test
    void saysThatAnAccountMayCreateNothing() throws Exception {
        Shared.admin("create role nothing login password 'pw' connection limit 2");
        try {
            assertThat(checked(Shared.as("nothing"), 5))
                    .anyMatch(text -> text.contains("role nothing may create neither a database nor a schema"))
                    .anyMatch(text -> text.contains("needs 5, free 2 = connection limit of role nothing 2"));
        } finally {
            Shared.admin("drop role nothing");
        }
    }

    private static List<String> checked(LabServer server, int connections) {
        return texts(new GuardRails(Optional.empty()).check(server, Shared.name(), Shared.limits(connections)));
    }

    private static List<String> problems(String host, Optional<String> mayLoad) {
        return texts(new GuardRails(mayLoad).check(LabServer.at(url(host, 5432)), Shared.name(), Shared.limits(5)));
    }

    private static List<String> judged(ServerFacts facts, Optional<String> mayLoad) {
        return texts(new GuardRails(mayLoad).judge(url("localhost", 5432), Shared.name(), Shared.limits(5), facts));
    }

    private static List<String> texts(Preflight preflight) {
        return preflight.problems().stream().map(Problem::toString).toList();
    }

    private static DatabaseUrl url(String host, int port) {
        return new DatabaseUrl(host, port, "d", "u", Optional.of(new Secret(SECRET)), Map.of());
    }

    private static ServerFacts facts(int version, String address, boolean readOnly, int most, int reserved, int inUse) {
        ServerFacts.Rights all = new ServerFacts.Rights(true, true, true);
        return new ServerFacts(
                version,
                address,
                readOnly,
                all,
                List.of(new ServerFacts.Slots("max_connections", most, reserved, inUse)));
    }

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }
}
