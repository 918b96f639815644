using NJsonSchema;
using TsMapSurvey.Surveys.Options;

namespace TsMapSurvey.Surveys.Json;

internal static class SurveySchema
{
    public static string Write()
    {
        var survey = Object(new JsonSchema(), Fields.OfSurvey);
        survey.SchemaVersion = "http://json-schema.org/draft-07/schema#";
        survey.Title = "TsMapSurvey survey definition";
        var tiling = Object(survey.Properties[Fields.Tiling.Name], Fields.OfTiling);
        tiling.OneOf.Add(OfKind(TilingDefinition.GridKind, Requires([Fields.Like], Fields.NotBesideLike)));
        tiling.OneOf.Add(OfKind(TilingDefinition.GridKind, Requires(Fields.ExplicitGrid, [Fields.Order, Fields.Like])));
        tiling.OneOf.Add(OfKind(TilingDefinition.HealpixKind, Requires([Fields.Kind, .. Fields.OfHealpix], Fields.NotOfHealpix)));
        foreach (var axis in new[] { Fields.EnergyAxis, Fields.TrueEnergyAxis })
        {
            var schema = Object(survey.Properties[axis.Name], Fields.OfAxis);
            foreach (var form in Fields.AxisForms) schema.OneOf.Add(Requires(form, [.. Fields.OfAxis.Except(form)]));
        }

        var events = Object(survey.Properties[EventsFields.Events.Name], EventsFields.All);
        Object(events.Properties[GivenFields.Given.Name], GivenFields.All);
        var maps = survey.Properties[Fields.Maps.Name];
        maps.Type = JsonObjectType.Object;
        maps.MinProperties = 1;
        maps.AllowAdditionalProperties = false;
        maps.PatternProperties.Add(Fields.NamePattern, Object(new JsonSchemaProperty(), MapOptions.Fields));
        return survey.ToJson().ReplaceLineEndings("\n") + "\n";
    }

    private static T Object<T>(T schema, Field[] fields)
        where T : JsonSchema
    {
        schema.Type = JsonObjectType.Object;
        schema.AllowAdditionalProperties = false;
        foreach (var field in fields)
        {
            schema.Properties[field.Name] = Describe(new JsonSchemaProperty(), field);
            if (field.Required) schema.RequiredProperties.Add(field.Name);
        }

        return schema;
    }

    private static T Describe<T>(T schema, Field field)
        where T : JsonSchema
    {
        if (field.Description.Length > 0) schema.Description = field.Description;
        schema.Default = field.Default;
        switch (field)
        {
            case TextField text:
                schema.Type = JsonObjectType.String;
                schema.Pattern = text.Pattern;
                foreach (var word in text.OneOf ?? []) schema.Enumeration.Add(word);
                break;
            case NumberField number:
                schema.Type = number.IsInteger ? JsonObjectType.Integer : JsonObjectType.Number;
                schema.ExclusiveMinimum = (decimal?)number.Above;
                schema.Minimum = (decimal?)number.AtLeast;
                schema.ExclusiveMaximum = (decimal?)number.Below;
                schema.Maximum = (decimal?)number.AtMost;
                foreach (var value in number.OneOf ?? []) schema.Enumeration.Add(value);
                break;
            case FlagField:
                schema.Type = JsonObjectType.Boolean;
                break;
            case ListField { OrWord: { } word } list:
                var either = new JsonSchema { Type = JsonObjectType.String };
                either.Enumeration.Add(word);
                schema.OneOf.Add(either);
                schema.OneOf.Add(ListOf(new JsonSchema(), list));
                break;
            case ListField list:
                ListOf(schema, list);
                break;
        }

        return schema;
    }

    private static T ListOf<T>(T schema, ListField list)
        where T : JsonSchema
    {
        schema.Type = JsonObjectType.Array;
        schema.MinItems = list.MinItems;
        schema.Item = Describe(new JsonSchema(), list.Items);
        return schema;
    }

    private static JsonSchema OfKind(string kind, JsonSchema form)
    {
        var only = new JsonSchemaProperty();
        only.Enumeration.Add(kind);
        form.Properties[Fields.Kind.Name] = only;
        return form;
    }

    private static JsonSchema Requires(Field[] fields, Field[] forbidden)
    {
        var schema = new JsonSchema { Not = new JsonSchema() };
        foreach (var field in fields) schema.RequiredProperties.Add(field.Name);
        foreach (var field in forbidden)
        {
            var isPresent = new JsonSchema();
            isPresent.RequiredProperties.Add(field.Name);
            schema.Not.AnyOf.Add(isPresent);
        }

        return schema;
    }
}
