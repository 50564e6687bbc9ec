package dev.poolwright.scan.infra.helm;

/** A template that does not follow the language, or passes a bound. */
final class UnreadableTemplate extends Exception {

    private static final long serialVersionUID = 1;

    UnreadableTemplate(String why) {
        super(why);
    }
}
