package dev.poolwright.scan.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.poolwright.model.fleet.Origin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON, and what people write into JSON files: comments, commas too many, single quotes, keys without quotes. */
final class Json {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS)
            .enable(JsonReadFeature.ALLOW_LEADING_DECIMAL_POINT_FOR_NUMBERS)
            .enable(JsonReadFeature.ALLOW_TRAILING_DECIMAL_POINT_FOR_NUMBERS)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(ConfigText.DEEPEST)
                    .maxNameLength(1 << 20)
                    .build())
            .build();

    private final ConfigText text;
    private final JsonParser tokens;

    private Json(ConfigText text, JsonParser tokens) {
        this.text = text;
        this.tokens = tokens;
    }

    static List<ConfigNode> read(ConfigText text) throws UnreadableConfig {
        try (JsonParser tokens = FACTORY.createParser(text.text())) {
            JsonToken first = tokens.nextToken();
            return first == null ? List.of() : List.of(new Json(text, tokens).node(first));
        } catch (JsonProcessingException broken) {
            throw new UnreadableConfig("not JSON: " + firstLine(broken), origin(text, broken.getLocation()));
        } catch (IOException impossible) {
            throw new UnreadableConfig("not JSON: " + impossible.getMessage(), new Origin(text.file(), 0, 0));
        }
    }

    private ConfigNode node(@Nullable JsonToken token) throws IOException, UnreadableConfig {
        Origin origin = origin(text, tokens.currentTokenLocation());
        text.count(1, origin);
        if (token == JsonToken.START_OBJECT) {
            Map<String, ConfigNode> entries = new LinkedHashMap<>();
            while (tokens.nextToken() != JsonToken.END_OBJECT) {
                String key = tokens.currentName();
                entries.put(key, node(tokens.nextToken()));
            }
            return new ConfigNode.Entries(entries, origin);
        }
        if (token == JsonToken.START_ARRAY) {
            List<ConfigNode> items = new ArrayList<>();
            for (JsonToken next = tokens.nextToken(); next != JsonToken.END_ARRAY; next = tokens.nextToken()) {
                items.add(node(next));
            }
            return new ConfigNode.Items(items, origin);
        }
        return new ConfigNode.Scalar(tokens.getText(), token == JsonToken.VALUE_STRING, origin);
    }

    private static String firstLine(JsonProcessingException broken) {
        return broken.getOriginalMessage().lines().findFirst().orElse("");
    }

    private static Origin origin(ConfigText text, @Nullable JsonLocation location) {
        return location == null
                ? new Origin(text.file(), 0, 0)
                : new Origin(text.file(), Math.max(0, location.getLineNr()), Math.max(0, location.getColumnNr()));
    }
}
