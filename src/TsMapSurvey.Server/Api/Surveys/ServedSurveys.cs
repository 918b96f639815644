using TsMapSurvey.Server.Published;

namespace TsMapSurvey.Server.Api.Surveys;

/// <summary>The services that endpoints about a survey's maps need.</summary>
internal sealed record ServedSurveys(KnownSurveys Known, Tickets Tickets, PublishedMaps Published);
