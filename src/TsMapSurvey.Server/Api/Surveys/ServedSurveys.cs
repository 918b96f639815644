using TsMapSurvey.Server.Published;

namespace TsMapSurvey.Server.Api.Surveys;

/// <summary>What answers about a survey's maps are made with.</summary>
internal sealed record ServedSurveys(KnownSurveys Known, Tickets Tickets, PublishedMaps Published);
