using System.Globalization;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Vo;

/// <summary>
/// A quantity of a map as a layer of the sky, written <c>MAP-QUANTITY</c> or <c>MAP-QUANTITY-BAND</c>, for example point-sqrt_ts or
/// bands-flux-1. No quantity has a hyphen or is a number, so the parts are found from the end.
/// </summary>
/// <param name="Band">Index of the energy bin; null: the first bin of a map, the sum over all energies for counts, background and
/// excess.</param>
internal sealed record Layer(string Map, string Quantity, int? Band)
{
    /// <exception cref="TsMapSurvey.Surveys.SurveyException">There is no such map or quantity.</exception>
    /// <returns>Null if the text has another form, or if there is no such energy bin.</returns>
    public static Layer? Parse(string text, KnownSurvey survey)
    {
        var parts = text.Split('-');
        int? band = parts[^1].Length is > 0 and < 6 && parts[^1].All(char.IsAsciiDigit)
            ? int.Parse(parts[^1], CultureInfo.InvariantCulture) : null;
        var end = band is null ? parts.Length - 1 : parts.Length - 2;
        if (end < 1 || parts[0].Length == 0) return null;
        var map = survey.Survey.FindMap(string.Join('-', parts[..end]));
        var quantity = survey.Survey.FindQuantity(map, parts[end]);
        return band >= survey.Axis(map, quantity).BinCount ? null : new Layer(map, quantity, band);
    }

    /// <summary>The energy bin to read; null: the sum over all.</summary>
    public int? Bin => Band ?? (QuantityNames.IsSummed(Quantity) ? null : 0);

    public override string ToString() => Band is { } band
        ? string.Create(CultureInfo.InvariantCulture, $"{Map}-{Quantity}-{band}") : $"{Map}-{Quantity}";
}
