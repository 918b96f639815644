using Microsoft.AspNetCore.Mvc;
using TsMapSurvey.Estimators.Points;

namespace TsMapSurvey.Server.Api.Points;

/// <summary>The confidence of upper limits: as a probability, or in standard deviations.</summary>
internal sealed record LimitQuery(
    [property: FromQuery(Name = "confidence")] string? Confidence, [property: FromQuery(Name = "n_sigma_ul")] string? NSigmaUl)
{
    /// <summary>Standard deviations; null: the map's own.</summary>
    public double? Read(Parameters parameters)
    {
        var sigma = parameters.Number(NumberParameter.NSigmaUl, NSigmaUl);
        var confidence = parameters.Number(NumberParameter.Confidence, Confidence);
        if (!double.IsNaN(sigma) && !double.IsNaN(confidence))
            parameters.Wrong("confidence", Confidence, "not together with n_sigma_ul, which says the same");
        return !double.IsNaN(sigma) ? sigma : !double.IsNaN(confidence) ? ConfidenceLevel.Sigma(confidence) : null;
    }
}

/// <summary>The format of a table, as a parameter; a suffix of the path has precedence, and the header Accept comes last.</summary>
internal sealed record FormQuery([property: FromQuery(Name = "format")] string? Format);
