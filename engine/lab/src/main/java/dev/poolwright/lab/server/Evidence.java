package dev.poolwright.lab.server;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The proof that a subject did what it said: every n-th operation writes a row through the connection it has borrowed,
 * and what was acknowledged must be on the server when the sessions are closed. Thread-safe; memory is one bit for each
 * acknowledgement that is possible.
 */
public final class Evidence {

    /** Of evidence of one stream: 12.5 MB of bits. At 1000 operations a second and every tenth, eleven days. */
    static final int MOST_PER_STREAM = 100_000_000;

    private static final int MOST_STREAMS = 1000;
    private static final int FIRST_SHOWN = 20;
    private static final int ROWS_AT_ONCE = 10_000;

    private final RunDatabase database;
    private final int every;
    private final List<Stream> streams;

    /**
     * @param streams how many callers number their operations on their own; 1 to 1000, numbered from 0
     * @param every each operation whose sequence is a multiple of this writes; 1: all
     */
    public Evidence(RunDatabase database, int streams, int every) {
        if (streams < 1 || streams > MOST_STREAMS || every < 1) {
            throw new IllegalArgumentException("streams = " + streams + " (allowed is 1 to " + MOST_STREAMS
                    + "), every = " + every + " (allowed is 1 or more)");
        }
        this.database = database;
        this.every = every;
        List<Stream> all = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            all.add(new Stream());
        }
        this.streams = List.copyOf(all);
    }

    static String table(String schema) {
        return "create table " + schema + ".evidence (run text not null, stream int not null, sequence bigint not null,"
                + " at timestamptz not null default clock_timestamp(), primary key (run, stream, sequence))";
    }

    /** Whether this operation writes evidence. */
    public boolean due(long sequence) {
        return sequence % every == 0;
    }

    /** For a prepared statement; its parameters are stream and sequence. A repetition of the same operation is no error. */
    public String insert() {
        return insert("?", "?");
    }

    /** For subjects that take a finished text. */
    public String insert(int stream, long sequence) {
        check(stream, sequence);
        return insert(Integer.toString(stream), Long.toString(sequence));
    }

    private String insert(String stream, String sequence) {
        return "insert into " + database.schema() + ".evidence (run, stream, sequence) values ('"
                + database.run().id() + "', " + stream + ", " + sequence + ") on conflict do nothing";
    }

    /** The subject says that the operation is done and committed. Only operations that are {@link #due} may be said. */
    public void acknowledge(int stream, long sequence) {
        check(stream, sequence);
        streams.get(stream).acknowledge((int) (sequence / every));
    }

    private void check(int stream, long sequence) {
        if (stream < 0
                || stream >= streams.size()
                || sequence < 0
                || !due(sequence)
                || sequence / every >= MOST_PER_STREAM) {
            throw new IllegalArgumentException("stream = " + stream + ", sequence = " + sequence
                    + "; allowed are streams 0 to " + (streams.size() - 1) + " and multiples of " + every + " below "
                    + (long) MOST_PER_STREAM * every);
        }
    }

    /**
     * Reads back what is on the server. Call it when the subjects' sessions are closed: what they commit later is not in it.
     *
     * @throws SQLException when the server cannot be read: then there is no evidence, and the run is INVALID
     */
    public EvidenceResult readBack() throws SQLException {
        List<BitSet> open = new ArrayList<>();
        long acknowledged = 0;
        long twice = 0;
        for (Stream stream : streams) {
            synchronized (stream) {
                open.add((BitSet) stream.seen.clone());
                acknowledged += stream.seen.cardinality();
                twice += stream.twice;
            }
        }
        Rows unexpected = new Rows();
        long rows = strikeOut(open, unexpected);
        Rows missing = new Rows();
        for (int i = 0; i < open.size(); i++) {
            int stream = i;
            open.get(i).stream().forEach(bit -> missing.add(stream, (long) bit * every));
        }
        long found = rows - unexpected.count;
        return new EvidenceResult(acknowledged, found, twice, missing.result(), unexpected.result());
    }

    private long strikeOut(List<BitSet> open, Rows unexpected) throws SQLException {
        long rows = 0;
        try (Connection session = database.ownerUrl().open(database.run().keeper(), Duration.ofSeconds(10));
                PreparedStatement statement = session.prepareStatement(
                        "select stream, sequence from " + database.schema() + ".evidence where run = ?")) {
            // The driver reads in portions only inside a transaction.
            session.setAutoCommit(false);
            statement.setFetchSize(ROWS_AT_ONCE);
            statement.setString(1, database.run().id());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows++;
                    int stream = row.getInt(1);
                    long sequence = row.getLong(2);
                    if (!struck(open, stream, sequence)) {
                        unexpected.add(stream, sequence);
                    }
                }
            }
        }
        return rows;
    }

    private boolean struck(List<BitSet> open, int stream, long sequence) {
        if (stream < 0
                || stream >= open.size()
                || sequence < 0
                || !due(sequence)
                || sequence / every >= MOST_PER_STREAM) {
            return false;
        }
        int bit = (int) (sequence / every);
        boolean was = open.get(stream).get(bit);
        open.get(stream).clear(bit);
        return was;
    }

    /** What one stream has said. Guarded by itself. */
    private static final class Stream {
        private final BitSet seen = new BitSet();
        private long twice;

        synchronized void acknowledge(int bit) {
            if (seen.get(bit)) {
                twice++;
            }
            seen.set(bit);
        }
    }

    /** All counted, the first few kept. For one thread. */
    private static final class Rows {
        private final List<EvidenceResult.Row> first = new ArrayList<>();
        private long count;

        void add(int stream, long sequence) {
            count++;
            if (first.size() < FIRST_SHOWN) {
                first.add(new EvidenceResult.Row(stream, sequence));
            }
        }

        EvidenceResult.Rows result() {
            return new EvidenceResult.Rows(count, first);
        }
    }
}
