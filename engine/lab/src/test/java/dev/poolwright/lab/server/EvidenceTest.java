package dev.poolwright.lab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Shared.class)
class EvidenceTest {

    private static RunDatabase database;

    @BeforeAll
    static void make() {
        database = Shared.database(Shared.server(), Shared.name());
    }

    @BeforeEach
    void empty() throws SQLException {
        try (Connection owner = database.ownerUrl().open("test", Duration.ofSeconds(5))) {
            Sql.run(owner, "truncate evidence");
        }
    }

    @AfterAll
    static void end() {
        database.close();
    }

    @Test
    void isCompleteWhenEveryAcknowledgedOperationIsOnTheServer() throws Exception {
        Evidence evidence = new Evidence(database, 2, 10);
        write(evidence, 0, 30);
        write(evidence, 1, 20);
        EvidenceResult result = evidence.readBack();
        assertThat(result.acknowledged()).isEqualTo(5);
        assertThat(result.found()).isEqualTo(5);
        assertThat(result.unexpected().count()).isZero();
        assertThat(result.complete()).isTrue();
    }

    @Test
    void catchesASubjectThatAcknowledgesWithoutWriting() throws Exception {
        Evidence evidence = new Evidence(database, 1, 1);
        write(evidence, 0, 3);
        evidence.acknowledge(0, 7);
        EvidenceResult result = evidence.readBack();
        assertThat(result.complete()).isFalse();
        assertThat(result.missing().first()).containsExactly(new EvidenceResult.Row(0, 7));
        assertThat(result.found()).isEqualTo(3);
    }

    @Test
    void catchesASubjectThatWritesAndRollsBack() throws Exception {
        Evidence evidence = new Evidence(database, 1, 1);
        try (Connection session = open()) {
            session.setAutoCommit(false);
            Sql.run(session, evidence.insert(0, 5));
            evidence.acknowledge(0, 5);
            session.rollback();
        }
        assertThat(evidence.readBack().complete()).isFalse();
    }

    @Test
    void catchesASubjectThatCountsTheSameWorkTwice() throws Exception {
        Evidence evidence = new Evidence(database, 1, 1);
        write(evidence, 0, 1);
        evidence.acknowledge(0, 0);
        assertThat(evidence.readBack().acknowledgedTwice()).isEqualTo(1);
        assertThat(evidence.readBack().complete()).isFalse();
    }

    @Test
    void doesNotTakeTheRowsOfAnotherRunForProof() throws Exception {
        Evidence evidence = new Evidence(database, 1, 1);
        try (Connection session = open()) {
            Sql.run(session, "insert into evidence (run, stream, sequence) values ('another', 0, 4)");
        }
        evidence.acknowledge(0, 4);
        assertThat(evidence.readBack().complete()).isFalse();
    }

    @Test
    void countsACommitWhoseAnswerWasLostAndStillIsComplete() throws Exception {
        Evidence evidence = new Evidence(database, 1, 1);
        write(evidence, 0, 2);
        try (Connection session = open()) {
            Sql.run(session, evidence.insert(0, 9), evidence.insert(0, 9));
        }
        EvidenceResult result = evidence.readBack();
        assertThat(result.unexpected().first()).containsExactly(new EvidenceResult.Row(0, 9));
        assertThat(result.complete()).isTrue();
    }

    @Test
    void isNotCompleteWithoutAnyWork() throws Exception {
        assertThat(new Evidence(database, 1, 1).readBack().complete()).isFalse();
    }

    @Test
    void countsAllThatIsMissingAndNamesTheFirst() throws Exception {
        Evidence evidence = new Evidence(database, 1, 1);
        for (int i = 0; i < 1000; i++) {
            evidence.acknowledge(0, i);
        }
        EvidenceResult result = evidence.readBack();
        assertThat(result.missing().count()).isEqualTo(1000);
        assertThat(result.missing().first()).hasSize(20);
    }

    @Test
    void refusesWhatIsBeyondItsBounds() {
        Evidence evidence = new Evidence(database, 2, 10);
        assertThatThrownBy(() -> evidence.acknowledge(0, 11)).hasMessageContaining("multiples of 10");
        assertThatThrownBy(() -> evidence.acknowledge(2, 10)).hasMessageContaining("streams 0 to 1");
        assertThatThrownBy(() -> evidence.acknowledge(0, 10L * Evidence.MOST_PER_STREAM))
                .hasMessageContaining("below 1000000000");
        assertThat(evidence.due(20)).isTrue();
        assertThat(evidence.due(21)).isFalse();
    }

    private static void write(Evidence evidence, int stream, long operations) throws SQLException {
        try (Connection session = open();
                PreparedStatement insert = session.prepareStatement(evidence.insert())) {
            for (long sequence = 0; sequence < operations; sequence++) {
                if (evidence.due(sequence)) {
                    insert.setInt(1, stream);
                    insert.setLong(2, sequence);
                    insert.executeUpdate();

                    evidence.acknowledge(stream, sequence);
                }
            }
        }
    }

    private static Connection open() throws SQLException {
        return database.url().open(database.run().subject("test"), Duration.ofSeconds(5));
    }
}
