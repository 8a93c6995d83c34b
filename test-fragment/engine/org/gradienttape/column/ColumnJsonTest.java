package org.gradienttape.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gradienttape.column.Tables.numbers;
import static org.gradienttape.column.Tables.texts;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.json.JsonFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnJsonTest {
    private static final Encoding ENCODING = new Encoding(List.of(
            new NumberEncoding(
                    "age \"in\" years", NumberScaling.STANDARDIZED, 1.0 / 3, 4.9e-324, OptionalDouble.empty()),
            new NumberEncoding("größe", NumberScaling.AS_IT_IS, -0.0, 1, OptionalDouble.of(-1.7976931348623157e308)),
            new OneHotEncoding("color", List.of("10", "", "rot \u2028", "\ud83d\ude00"), true, Optional.of("")),
            new OneHotEncoding("size", List.of("small"), false, Optional.empty())));

    @Test
    void anEncodingIsWrittenAsItIs() {
        final Encoding encoding = new Encoding(List.of(
                new NumberEncoding("age", NumberScaling.ZERO_TO_ONE, 18, 0.5, OptionalDouble.of(40)),
                new OneHotEncoding("color", List.of("blue", "red"), true, Optional.of("red")),
                new OneHotEncoding("size", List.of("small"), false, Optional.empty())));

        assertThat(ColumnJson.toJson(encoding))
                .hasToString("{\"columns\":["
                        + "{\"name\":\"age\",\"kind\":\"number\",\"scaling\":\"zero_to_one\",\"shift\":18.0,"
                        + "\"divisor\":0.5,\"missing\":40.0},"
                        + "{\"name\":\"color\",\"kind\":\"text\",\"categories\":[\"blue\",\"red\"],\"other\":true,"
                        + "\"missing\":\"red\"},"
                        + "{\"name\":\"size\",\"kind\":\"text\",\"categories\":[\"small\"],\"other\":false}]}");
    }

    @Test
    void anEncodingComesBackToTheBit() {
        assertThat(ColumnJson.encoding(parse(ColumnJson.toJson(ENCODING).toString())))
                .isEqualTo(ENCODING);
    }

    @Test
    void windowsComeBack() {
        final Encoding encoding = new Encoding(
                List.of(new NumberEncoding("age", NumberScaling.AS_IT_IS, 0, 1, OptionalDouble.empty())),
                Optional.of(new Windows(
                        new Column("day", Column.Kind.TEXT),
                        Optional.of(new Column("shop", Column.Kind.TEXT)),
                        24,
                        3,
                        true)));

        assertThat(ColumnJson.encoding(parse(ColumnJson.toJson(encoding).toString())))
                .isEqualTo(encoding);
    }

    @Test
    void storedColumnsComeBack() {
        final List<StoredColumn> columns = List.of(numbers("age"), texts("color", "red", "", "10"), texts("nothing"));

        final String json = "{\"stored\":" + ColumnJson.toJson(columns) + "}";

        assertThat(json)
                .isEqualTo("{\"stored\":[{\"name\":\"age\",\"kind\":\"number\"},"
                        + "{\"name\":\"color\",\"kind\":\"text\",\"texts\":[\"red\",\"\",\"10\"]},"
                        + "{\"name\":\"nothing\",\"kind\":\"text\",\"texts\":[]}]}");
        assertThat(ColumnJson.storedColumns(parse(json), "stored")).isEqualTo(columns);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'columns':[]}",
                "{'columns':[],'more':1}",
                "{'columns':[{'name':'a','kind':'number','scaling':'as_it_is','shift':0,'divisor':0}]}",
                "{'columns':[{'name':'a','kind':'number','scaling':'as_it_is','shift':0,'divisor':-1}]}",
                "{'columns':[{'name':'a','kind':'number','scaling':'as_it_is','shift':1e999,'divisor':1}]}",
                "{'columns':[{'name':'a','kind':'number','scaling':'scaled','shift':0,'divisor':1}]}",
                "{'columns':[{'name':'a','kind':'number','scaling':'as_it_is','divisor':1}]}",
                "{'columns':[{'name':'a','kind':'number','scaling':'as_it_is','shift':0,'divisor':1,'other':true}]}",
                "{'columns':[{'name':'a','kind':'image','shift':0,'divisor':1}]}",
                "{'columns':[{'name':'a','kind':'text','categories':[],'other':false}]}",
                "{'columns':[{'name':'a','kind':'text','categories':['x','x'],'other':false}]}",
                "{'columns':[{'name':'a','kind':'text','categories':['x'],'other':false,'missing':'y'}]}",
                "{'columns':[{'name':'a','kind':'text','categories':['x']}]}",
                "{'columns':[{'name':'a','kind':'text','categories':['x'],'other':false},"
                        + "{'name':'a','kind':'text','categories':['x'],'other':false}]}",
                "{'columns':[{'name':'a','kind':'text','categories':['x'],'other':false,'more':1}]}",
                "{'columns':[{'name':'a','kind':'number','scaling':'as_it_is','shift':0,'divisor':1}],'more':1}",
                "{'columns':[{'name':'a','kind':'number','scaling':'as_it_is','shift':0,'divisor':1}],"
                        + "'windows':{'order':{'name':'t','kind':'number'},'length':2,'horizon':1,'gaps_refused':true,"
                        + "'more':1}}",
                "{'columns':[{'name':'a','kind':'number','scaling':'as_it_is','shift':0,'divisor':1}],"
                        + "'windows':{'order':{'name':'t','kind':'number','more':1},'length':2,'horizon':1,"
                        + "'gaps_refused':true}}"
            })
    void whatIsNoEncodingIsRefused(final String json) {
        assertThatThrownBy(() -> ColumnJson.encoding(parse(json.replace('\'', '"'))))
                .isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'c':[{'name':'a','kind':'number','texts':[]}]}",
                "{'c':[{'name':'a','kind':'text'}]}",
                "{'c':[{'name':'a','kind':'text','texts':['x','x']}]}",
                "{'c':[{'name':'a','kind':'number'},{'name':'a','kind':'text','texts':[]}]}",
                "{'c':{}}"
            })
    void whatIsNoColumnIsRefused(final String json) {
        assertThatThrownBy(() -> ColumnJson.storedColumns(parse(json.replace('\'', '"')), "c"))
                .isInstanceOf(InvalidInputException.class);
    }

    private static JsonFields parse(final String json) {
        return JsonFields.parse(
                json.getBytes(StandardCharsets.UTF_8), new JsonFields.Source("The file", "write it again"));
    }
}
