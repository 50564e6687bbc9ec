package dev.poolwright.lab.server;

/** A server that was there before: started, stopped and set by somebody else. */
record GivenServer(DatabaseUrl url) implements LabServer {

    @Override
    public CleanUp stop() {
        return CleanUp.nothing();
    }
}
