package dev.poolwright.report;

import java.time.Instant;

/**
 * What stands around the body of a run record: it changes from run to run, the body of a simulation does not.
 *
 * @param version of Poolwright
 * @param host name of the machine
 * @param startedAt wall time
 * @param java version of the virtual machine
 */
public record Envelope(String version, String host, Instant startedAt, String java) {}
