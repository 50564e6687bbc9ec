package dev.poolwright.policy;

/**
 * Every random number of a run, addressed by (seed, entity, purpose, index) instead of being taken from a sequence.
 *
 * <p>Because a draw has an address, two executions of one plan see the same arrivals and holds whatever order they ask
 * in, and a policy that draws more does not shift the draws of another (common random numbers; FACTS 1.13). Only
 * {@link StrictMath} is used, so the bits are the same on every machine.
 *
 * <p>Immutable and thread-safe; nothing is allocated by a draw. Mixing function: SplitMix64 (Steele, Lea, Flood,
 * "Fast splittable pseudorandom number generators", OOPSLA 2014).
 */
public final class Draws {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final long seed;

    private Draws(long seed) {
        this.seed = seed;
    }

    public static Draws of(long seed) {
        return new Draws(seed);
    }

    public long seed() {
        return seed;
    }

    /** The draws of one entity for one purpose, for example ("backend/chat", "arrival"). */
    public Stream stream(String entity, String purpose) {
        long key = mix(seed + GOLDEN_GAMMA);
        key = absorb(key, entity);
        key = absorb(key, "\u0000");
        return new Stream(absorb(key, purpose));
    }

    private static long absorb(long key, String text) {
        for (int i = 0; i < text.length(); i++) {
            key = mix(key ^ (text.charAt(i) + GOLDEN_GAMMA));
        }
        return key;
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** The numbered draws of one entity and purpose; index 0 is the first. */
    public static final class Stream {

        private final long key;

        private Stream(long key) {
            this.key = key;
        }

        /** 64 uniform bits. */
        public long bits(long index) {
            return mix(key + (index + 1) * GOLDEN_GAMMA);
        }

        /** Uniform in the open interval (0, 1): never 0 and never 1, so that its logarithm is finite. */
        public double uniform(long index) {
            return ((bits(index) >>> 11) + 0.5) * 0x1.0p-53;
        }

        /** Exponential with mean 1. */
        public double exponential(long index) {
            return -StrictMath.log(uniform(index));
        }

        /** Standard normal (Box and Muller 1958; one of the pair is used, so that a draw has one address). */
        public double normal(long index) {
            double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform(2 * index)));
            return radius * StrictMath.cos(2 * Math.PI * uniform(2 * index + 1));
        }
    }
}
